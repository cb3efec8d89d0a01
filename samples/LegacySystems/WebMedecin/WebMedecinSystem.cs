using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.WebMedecin;

/// <summary>
/// The web médecin: what the assurance maladie paid for in the last twelve months, per patient, as CDA documents of the model CNAM-HR over HTTP.
/// </summary>
public static class WebMedecinSystem
{
    public const string Name = "web-medecin";

    /// <summary>Writes the part of a world that this system holds.</summary>
    public static IWorldWriter OpenWriter(string folder) => new WebMedecinWorldWriter(folder);

    /// <summary>The server. <c>--urls</c> as ASP.NET Core reads it. Lines stored while it runs are served at once.</summary>
    /// <param name="args">Arguments of the host.</param>
    /// <param name="folder">Folder of the system.</param>
    /// <param name="clock">Decides which twelve months are shown; null for the machine's.</param>
    public static WebApplication Build(string[] args, string folder, TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        var register = new ReimbursementRegister(folder);
        HistoryRoutes.Map(app, register, clock ?? TimeProvider.System);
        DepositRoutes.Map(app, register);
        return app;
    }
}

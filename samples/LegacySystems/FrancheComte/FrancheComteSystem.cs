using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.FrancheComte;

/// <summary>The regional store of Franche-Comté as of 2009: CDA R2 files, an index of their XDS metadata, both over HTTP, by INS-C.</summary>
public static class FrancheComteSystem
{
    public const string Name = "franche-comte";

    /// <summary>Writes the part of a world that this system holds.</summary>
    public static void Write(IEnumerable<SyntheticPatient> world, string folder)
    {
        ArgumentNullException.ThrowIfNull(world);
        using var writer = OpenWriter(folder);
        foreach (var patient in world)
            writer.Add(patient);
    }

    /// <summary>The same, driven from outside.</summary>
    public static IWorldWriter OpenWriter(string folder) => new FrancheComteWorldWriter(folder);

    /// <summary>The server. <c>--urls</c> as ASP.NET Core reads it. Documents registered while it runs are served at once.</summary>
    public static WebApplication Build(string[] args, string folder)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        // Addresses of this protocol carry the INS-C: they stay out of the log.
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        StoreRoutes.Map(app, new DocumentRegistry(folder));
        return app;
    }
}

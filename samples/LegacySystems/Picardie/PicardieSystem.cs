using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.Picardie;

/// <summary>Dossier Santé Picardie as a FHIR R4 REST server over its own database.</summary>
public static class PicardieSystem
{
    public const string Name = "picardie";

    /// <summary>Path of the service base under the server's address.</summary>
    public const string BasePath = "/fhir";

    /// <summary>Writes the part of a world that this system holds.</summary>
    public static void Write(IEnumerable<SyntheticPatient> world, string folder)
    {
        ArgumentNullException.ThrowIfNull(world);
        using var writer = OpenWriter(folder);
        foreach (var patient in world)
            writer.Add(patient);
    }

    /// <summary>The same, driven from outside.</summary>
    public static IWorldWriter OpenWriter(string folder) => new PicardieWorldWriter(folder);

    /// <summary>
    /// The server. <c>--urls</c> as ASP.NET Core reads it; <c>--load FOLDER</c> reads every FHIR file below a folder into the database first.
    /// </summary>
    public static WebApplication Build(string[] args, string folder)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var clock = TimeProvider.System;
        var store = PicardieStore.Open(folder);
        if (builder.Configuration["load"] is { Length: > 0 } load)
            new BundleLoader(store, clock).LoadFolder(load);
        var app = builder.Build();
        app.Lifetime.ApplicationStopped.Register(store.Dispose);
        FhirRoutes.Map(app.MapGroup(BasePath), store, clock);
        return app;
    }
}

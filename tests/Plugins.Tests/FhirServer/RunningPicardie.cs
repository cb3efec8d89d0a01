using DmpFederation.LegacySystems.Picardie;
using DmpFederation.SyntheticFrance.Model;
using Microsoft.AspNetCore.Builder;

namespace DmpFederation.Plugins.Tests.FhirServer;

/// <summary>The Picardie server on a free port, over a database in a folder of its own.</summary>
internal sealed class RunningPicardie : IAsyncDisposable
{
    private readonly string folder;
    private readonly WebApplication server;

    private RunningPicardie(string folder, WebApplication server)
    {
        this.folder = folder;
        this.server = server;
    }

    public string BaseUrl => server.Urls.Single() + PicardieSystem.BasePath + "/";

    public static async Task<RunningPicardie> StartAsync(IEnumerable<SyntheticPatient> world, string? load = null)
    {
        var folder = Directory.CreateTempSubdirectory("picardie-").FullName;
        PicardieSystem.Write(world, folder);
        string[] args = ["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "Warning"];
        var server = PicardieSystem.Build(load is null ? args : [.. args, "--load", load], folder);
        await server.StartAsync();
        return new RunningPicardie(folder, server);
    }

    public async ValueTask DisposeAsync()
    {
        await server.StopAsync();
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

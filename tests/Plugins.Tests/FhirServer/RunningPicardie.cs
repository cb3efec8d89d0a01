using DmpFederation.LegacySystems.Picardie;
using DmpFederation.SyntheticFrance.Model;
using Microsoft.AspNetCore.Builder;

namespace DmpFederation.Plugins.Tests.FhirServer;

/// <summary>The Picardie server on a free port, over a database in a folder of its own.</summary>
internal sealed class RunningPicardie : IAsyncDisposable
{
    private readonly string folder;
    private WebApplication server;

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
        return new RunningPicardie(folder, await StartAsync(folder, load is null ? [] : ["--load", load]));
    }

    /// <summary>Stops the server and starts another over the same database; its address is another.</summary>
    public async Task RestartAsync()
    {
        await server.StopAsync();
        await server.DisposeAsync();
        server = await StartAsync(folder, []);
    }

    public async ValueTask DisposeAsync()
    {
        await server.StopAsync();
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<WebApplication> StartAsync(string folder, string[] more)
    {
        var server = PicardieSystem.Build(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "Warning", .. more], folder);
        await server.StartAsync();
        return server;
    }
}

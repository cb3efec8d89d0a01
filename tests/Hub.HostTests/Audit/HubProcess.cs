using System.Diagnostics;
using System.Text.RegularExpressions;
using DmpFederation.Hub.HostTests.Api;
using DmpFederation.Hub.HostTests.Connectors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DmpFederation.Hub.HostTests.Audit;

/// <summary>The built hub as a process of its own, with an issuer it asks over HTTP, so that it can be killed as a machine kills it.</summary>
internal sealed partial class HubProcess : IAsyncDisposable
{
    private readonly TokenIssuer issuer = new();
    private WebApplication? discovery;
    private Process? process;

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public string Doctor => issuer.Token();

    public static async Task<HubProcess> StartAsync(string pluginsFile, string builtInPlugins, string stateFolder)
    {
        var hub = new HubProcess();
        try
        {
            await hub.StartIssuerAsync();
            await hub.StartHubAsync(pluginsFile, builtInPlugins, stateFolder);
            return hub;
        }
        catch
        {
            await hub.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is said good-bye to.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            if (!process.HasExited)
                await KillAsync();
            process.Dispose();
        }
        if (discovery is not null)
            await discovery.DisposeAsync();
    }

    private async Task StartIssuerAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        discovery = builder.Build();
        discovery.MapGet("/.well-known/openid-configuration", context => context.Response.WriteAsync(
            $$"""{ "issuer": "{{TokenIssuer.Issuer}}", "jwks_uri": "{{discovery.Urls.Single()}}/keys" }"""));
        discovery.MapGet("/keys", context => context.Response.WriteAsync(issuer.Keys));
        await discovery.StartAsync();
    }

    private async Task StartHubAsync(string pluginsFile, string builtInPlugins, string stateFolder)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])[
            Path.Combine(PluginOutput.Of("hub"), "DmpFederation.Hub.dll"), "serve", "--urls", "http://127.0.0.1:0", "--plugins", pluginsFile])
            start.ArgumentList.Add(argument);
        start.Environment["DMPFED__Connectors__StateFolder"] = stateFolder;
        start.Environment["DMPFED__Connectors__BuiltInPlugins"] = builtInPlugins;
        start.Environment["DMPFED__Authentication__Authority"] = discovery!.Urls.Single();
        start.Environment["DMPFED__Identity__InsiUrl"] = "http://127.0.0.1:1/insi/";
        start.Environment["DMPFED__Federation__Deadline"] = "00:00:25";
        process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (ListeningLine().Match(line) is not { Success: true } listening)
                continue;
            Address = new Uri(listening.Groups[1].Value);
            // What it says from now on is of no interest, and must not fill the pipe.
            process.OutputDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            return;
        }
        throw new InvalidOperationException("The hub ended before it listened.");
    }

    [GeneratedRegex(@"Now listening on: (http://127\.0\.0\.1:\d+)")]
    private static partial Regex ListeningLine();
}

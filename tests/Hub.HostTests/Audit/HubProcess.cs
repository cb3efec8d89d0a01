using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
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
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private WebApplication? discovery;
    private Process? process;
    private Task rest = Task.CompletedTask;

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public string Doctor => issuer.Token();

    public string Operator => issuer.Steward("nationalOperator");

    /// <param name="pluginsFile">Its sources.</param>
    /// <param name="builtInPlugins">Where plug-ins lie.</param>
    /// <param name="stateFolder">What it keeps.</param>
    /// <param name="settings">Further settings, by their path with colons; null for none.</param>
    public static async Task<HubProcess> StartAsync(
        string pluginsFile, string builtInPlugins, string stateFolder, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var hub = new HubProcess();
        try
        {
            await hub.StartIssuerAsync();
            await hub.StartHubAsync(pluginsFile, builtInPlugins, stateFolder, settings ?? new Dictionary<string, string?>());
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

    /// <summary>The token of a patient, who reads the own dossier.</summary>
    public string Patient(string ins) => issuer.Patient(ins);

    /// <summary>Asks it over HTTP; the whole GraphQL answer.</summary>
    /// <exception cref="HttpRequestException">It was killed meanwhile.</exception>
    public async Task<JsonElement> AskAsync(string token, string query, object? variables = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, "graphql")) { Content = JsonContent.Create(new { query, variables }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (process is not null)
        {
            if (!process.HasExited)
                await KillAsync();
            await rest;
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

    private async Task StartHubAsync(
        string pluginsFile, string builtInPlugins, string stateFolder, IReadOnlyDictionary<string, string?> settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])[
            Path.Combine(PluginOutput.Of("hub"), "DmpFederation.Hub.dll"), "serve", "--urls", "http://127.0.0.1:0", "--plugins", pluginsFile])
            start.ArgumentList.Add(argument);
        start.Environment["DMPFED__Connectors__StateFolder"] = stateFolder;
        start.Environment["DMPFED__Connectors__BuiltInPlugins"] = builtInPlugins;
        start.Environment["DMPFED__Authentication__Authority"] = discovery!.Urls.Single();
        start.Environment["DMPFED__Identity__InsiUrl"] = "http://127.0.0.1:1/insi/";
        // It lives too short for what a profile would give, and starts in half the time without.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DMPFED__Federation__Deadline"] = "00:00:25";
        foreach (var (name, value) in settings)
            start.Environment["DMPFED__" + name.Replace(":", "__", StringComparison.Ordinal)] = value;
        process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (ListeningLine().Match(line) is not { Success: true } listening)
                continue;
            Address = new Uri(listening.Groups[1].Value);
            // What it says from now on is of no interest, and must not fill the pipe.
            rest = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return;
        }
        throw new InvalidOperationException("The hub ended before it listened.");
    }

    [GeneratedRegex(@"Now listening on: (http://127\.0\.0\.1:\d+)")]
    private static partial Regex ListeningLine();
}

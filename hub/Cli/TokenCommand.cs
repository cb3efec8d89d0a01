using System.CommandLine;
using System.Text.Json;

namespace DmpFederation.Hub.Cli;

/// <summary><c>token</c>: asks the demo's identity provider for a persona's token. Development only: production tokens come from the real provider.</summary>
internal static class TokenCommand
{
    public static Command Create(TextWriter output, TextWriter errors)
    {
        var persona = new Option<string>("--persona") { Description = "doctor, attending, pharmacist, emergency, hospital, patient, analyst, regionOperator, nationalOperator or dpo.", Required = true };
        var authority = new Option<string>("--authority") { Description = "The demo's identity provider.", DefaultValueFactory = _ => "http://127.0.0.1:5099/" };
        var command = new Command("token", "Prints a demo persona's bearer token (DOTNET_ENVIRONMENT=Development only).") { persona, authority };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT");
            if (!string.Equals(environment, "Development", StringComparison.OrdinalIgnoreCase))
            {
                await errors.WriteLineAsync("token works in Development only: set DOTNET_ENVIRONMENT=Development. The demo also writes its tokens to tokens.json in its data folder.");
                return HubCommandLine.Failed;
            }
            if (!Uri.TryCreate(parsed.GetValue(authority), UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            {
                await errors.WriteLineAsync("--authority is not an http address. See --help.");
                return HubCommandLine.WrongUsage;
            }
            return await AskAsync(address, parsed.GetValue(persona)!, output, errors, cancellationToken);
        });
        return command;
    }

    private static async Task<int> AskAsync(Uri authority, string persona, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = "demo-console",
                ["client_secret"] = "demo",
                ["persona"] = persona,
            });
            using var answer = await http.PostAsync(new Uri(authority, "connect/token"), form, cancellationToken);
            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            if (answer.IsSuccessStatusCode && json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("access_token", out var token) && token.ValueKind == JsonValueKind.String)
            {
                await output.WriteLineAsync(token.GetString());
                return HubCommandLine.Good;
            }
            await errors.WriteLineAsync($"The identity provider refused persona '{persona}' (HTTP {(int)answer.StatusCode}).");
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            await errors.WriteLineAsync($"No identity provider answers at {authority}: start the demo first (dotnet run -c Release --project samples/Demo).");
        }
        return HubCommandLine.Failed;
    }
}

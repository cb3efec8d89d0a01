using System.Text.Json;
using System.Text.Json.Nodes;

namespace DmpFederation.Demo.IdentityProvider;

/// <summary>Asks the provider for a token of every persona and writes <c>tokens.json</c>.</summary>
internal static class TokenFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <returns>Token by persona.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> WriteAsync(
        string file, IEnumerable<string> personas, Uri issuer, HttpClient http, CancellationToken cancellationToken)
    {
        var tokens = new Dictionary<string, string>();
        foreach (var persona in personas)
            tokens[persona] = await AskAsync(persona, issuer, http, cancellationToken);

        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var writer = new StreamWriter(file, options);
        await writer.WriteAsync(JsonSerializer.Serialize(tokens, Indented));
        return tokens;
    }

    public static async Task<string> AskAsync(string persona, Uri issuer, HttpClient http, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"), new("client_id", IdentityProviderApp.PortalClient),
            new("client_secret", IdentityProviderApp.ClientSecret), new("persona", persona),
        ]);
        using var response = await http.PostAsync(new Uri(issuer, "connect/token"), form, cancellationToken);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        return (string?)answer?["access_token"]
            ?? throw new DemoFault($"The identity provider gave no token for {persona}: {(string?)answer?["error_description"] ?? response.StatusCode.ToString()}");
    }
}

using System.Security.Claims;
using System.Text.Json;

namespace DmpFederation.Hub.Api.Authentication;

/// <summary>Claims by name. An array of one element may arrive as a string, an array as one claim per element or as one JSON text.</summary>
internal sealed class TokenClaims(ClaimsIdentity identity)
{
    /// <summary>The first value; null when there is none or it is empty.</summary>
    public string? One(string name) => Many(name) is [{ } first, ..] ? first : null;

    public IReadOnlyList<string> Many(string name) =>
        [.. identity.FindAll(name).SelectMany(static claim => Values(claim.Value)).Where(static value => !string.IsNullOrWhiteSpace(value))];

    private static IEnumerable<string> Values(string text)
    {
        if (!text.StartsWith('['))
            return [text];
        try
        {
            using var json = JsonDocument.Parse(text);
            return [.. json.RootElement.EnumerateArray()
                .Select(static item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText())];
        }
        catch (JsonException)
        {
            return [text];
        }
    }
}

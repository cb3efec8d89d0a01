using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace DmpFederation.PartnerPortal.Demo;

/// <summary>Somebody one can be in the demo.</summary>
/// <param name="Key">Name in <c>tokens.json</c>.</param>
/// <param name="Label">What they are, in French.</param>
/// <param name="Name">Printable name from the token; the label when it has none.</param>
/// <param name="Ins">A patient's own INS, as <c>system|value</c>; null for others.</param>
/// <param name="Token">Bearer token for the hub. Stays on the server.</param>
internal sealed record DemoPersona(string Key, string Label, string Name, string? Ins, string Token)
{
    /// <summary>Hides the token and the INS.</summary>
    public override string ToString() => $"DemoPersona({Key})";
}

/// <summary>
/// The personas of the demo's token file, read again at each sign-in, since the demo writes a new one when it starts. A real portal sends its user to
/// Pro Santé Connect instead.
/// </summary>
internal sealed class Personas(IOptions<PortalOptions> options)
{
    private static readonly (string Key, string Label)[] Known =
    [
        ("doctor", "Médecin généraliste"),
        ("attending", "Médecin traitant"),
        ("pharmacist", "Pharmacien"),
        ("emergency", "Médecin régulateur (SAMU)"),
        ("hospital", "Médecin hospitalier, par son établissement"),
        ("patient", "Patient"),
        ("dpo", "Délégué à la protection des données"),
        ("analyst", "Analyste"),
        ("regionOperator", "Opérateur régional"),
        ("nationalOperator", "Opérateur national"),
    ];

    /// <summary>Everybody one can be, professionals first; empty when there is no readable file.</summary>
    public IReadOnlyList<DemoPersona> All()
    {
        var tokens = Tokens();
        return [.. Known.Where(known => tokens.ContainsKey(known.Key)).Select(known => Persona(known.Key, known.Label, tokens[known.Key]))];
    }

    /// <summary>One persona; null when there is none of that name.</summary>
    public DemoPersona? Find(string? key) => All().FirstOrDefault(persona => persona.Key == key);

    private Dictionary<string, string> Tokens()
    {
        if (options.Value.Tokens is not { Length: > 0 } file || !File.Exists(file))
            return [];
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(file)) ?? [];
        }
        catch (Exception fault) when (fault is JsonException or IOException)
        {
            return [];
        }
    }

    private static DemoPersona Persona(string key, string label, string token)
    {
        var claims = Claims(token);
        var name = $"{Text(claims, "given_name")} {Text(claims, "family_name")}".Trim();
        return new DemoPersona(key, label, name.Length > 0 ? name : label, Text(claims, "ins"), token);
    }

    /// <summary>The claims, to greet the user by name. The hub verifies the token; the portal does not.</summary>
    private static JsonElement Claims(string token)
    {
        try
        {
            var payload = token.Split('.')[1].Replace('-', '+').Replace('_', '/');
            var bytes = Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '='));
            using var claims = JsonDocument.Parse(Encoding.UTF8.GetString(bytes));
            return claims.RootElement.Clone();
        }
        catch (Exception fault) when (fault is FormatException or JsonException or IndexOutOfRangeException)
        {
            return default;
        }
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.ValueKind == JsonValueKind.Object && claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}

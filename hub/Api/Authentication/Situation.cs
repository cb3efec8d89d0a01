using System.Text.Json;

namespace DmpFederation.Hub.Api.Authentication;

/// <summary>A chosen situation d'exercice, <c>G15_10/SM26</c> or <c>G15_10</c> (code of the profession table, then the savoir-faire).</summary>
internal sealed record Situation(string Profession, string? Specialty)
{
    public static Situation? Read(string? text)
    {
        if (text is null)
            return null;
        var parts = text.Split('/', 2);
        var code = parts[0][(parts[0].IndexOf('_', StringComparison.Ordinal) + 1)..];
        return code.Length == 0 ? null : new Situation(code, parts.Length == 2 && parts[1].Length > 0 ? parts[1] : null);
    }
}

/// <summary><c>SubjectRefPro</c>: the exercices the RPPS knows of a person.</summary>
internal static class ProfessionalRecord
{
    /// <summary>
    /// Whether the person holds a profession and, when one is chosen, a savoir-faire. A record without exercices, or that cannot be read, says
    /// nothing against it: the issuer signed the situation.
    /// </summary>
    public static bool Holds(string record, string profession, string? specialty)
    {
        try
        {
            using var json = JsonDocument.Parse(record);
            if (json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("exercices", out var practices) || practices.ValueKind != JsonValueKind.Array
                || practices.GetArrayLength() == 0)
            {
                return true;
            }

            return practices.EnumerateArray().Any(practice => Text(practice, "codeProfession") == profession
                && (specialty is null || Text(practice, "codeSavoirFaire") is not { } held || held == specialty));
        }
        catch (JsonException)
        {
            return true;
        }
    }

    private static string? Text(JsonElement practice, string name) =>
        practice.ValueKind == JsonValueKind.Object && practice.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}

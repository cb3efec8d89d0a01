using System.Runtime.InteropServices;
using System.Text.Json;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Identity;

/// <summary>
/// Reads the search set the téléservice answers. A patient that does not carry the INS asked for makes the whole answer unusable:
/// nobody's traits but the right person's may certify anything.
/// </summary>
internal static class InsiAnswer
{
    public static CertifiedIdentity Read(ReadOnlyMemory<byte> utf8Bundle, PatientKey asked)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8Bundle);
            var bundle = document.RootElement;
            if (Text(bundle, "resourceType") != "Bundle")
                return CertifiedIdentity.Unavailable;
            PatientTraits? found = null;
            foreach (var entry in Items(bundle, "entry"))
            {
                if (!entry.TryGetProperty("resource", out var resource))
                    continue;
                if (Text(resource, "resourceType") == "OperationOutcome" && IsError(resource))
                    return CertifiedIdentity.Unavailable;
                if (Text(resource, "resourceType") != "Patient")
                    continue;
                if (ReadTraits(resource, asked) is not { } traits)
                    return CertifiedIdentity.Unavailable;
                if (found is not null)
                    return CertifiedIdentity.Several;
                found = traits;
            }
            return found is null ? CertifiedIdentity.Unknown : CertifiedIdentity.Found(found);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or EntryFormatException)
        {
            // Not JSON, or an element of another type than R4 gives it.
            return CertifiedIdentity.Unavailable;
        }
    }

    private static bool IsError(JsonElement outcome) =>
        Items(outcome, "issue").Any(static issue => Text(issue, "severity") is "error" or "fatal");

    /// <summary>The traits, or null when the patient does not carry the INS asked for, be it as a deactivated one.</summary>
    private static PatientTraits? ReadTraits(JsonElement patient, PatientKey asked)
    {
        var traits = PatientTraits.FromJson(JsonMarshal.GetRawUtf8Value(patient).ToArray(), asked);
        if (!traits.Keys.Contains(asked))
            return null;
        // The téléservice itself makes an identity at least retrieved, and cannot vouch for the document check that VALI means.
        return traits.Status == IdentityStatus.Qualified ? traits : traits with { Status = IdentityStatus.Retrieved };
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;

    private static JsonElement.ArrayEnumerator Items(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray()
            : default;
}

using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>Reads references to a patient in the forms FHIR R4 allows: relative, absolute, versioned, conditional.</summary>
internal static class PatientReferences
{
    /// <summary>System of the key of a patient no identifier is known of.</summary>
    public const string Unidentified = "urn:dmpfederation:unidentified";

    /// <summary>The id when the reference is to a patient of this server; else null.</summary>
    public static string? LocalId(Uri baseUrl, string reference)
    {
        var path = reference.StartsWith(baseUrl.AbsoluteUri, StringComparison.Ordinal) ? reference[baseUrl.AbsoluteUri.Length..] : reference;
        if (!path.StartsWith("Patient/", StringComparison.Ordinal))
            return null;
        var id = path["Patient/".Length..];
        var version = id.IndexOf("/_history/", StringComparison.Ordinal);
        if (version >= 0)
            id = id[..version];
        return id.Length > 0 && !id.Contains('/', StringComparison.Ordinal) ? id : null;
    }

    /// <summary>The key of a conditional reference, <c>Patient?identifier=system|value</c>; null for any other.</summary>
    public static PatientKey? Conditional(string reference)
    {
        const string start = "Patient?identifier=";
        var at = reference.IndexOf(start, StringComparison.Ordinal);
        if (at < 0 || (at > 0 && reference[at - 1] != '/'))
            return null;
        var token = Uri.UnescapeDataString(reference[(at + start.Length)..]);
        var bar = token.IndexOf('|', StringComparison.Ordinal);
        return bar > 0 && bar < token.Length - 1 ? new PatientKey(token[..bar], token[(bar + 1)..]) : null;
    }

    /// <summary>
    /// The key of a patient of whom only a reference is known: it equals no key anyone asks, so the hub's guard sees a stranger. Null when the
    /// reference is not to a patient (a device, a group) or cannot be followed outside its Bundle.
    /// </summary>
    public static PatientKey? Stranger(Uri baseUrl, string reference)
    {
        if (LocalId(baseUrl, reference) is { } id)
            return new PatientKey(baseUrl.AbsoluteUri + "Patient", id);
        var at = reference.IndexOf("/Patient/", StringComparison.Ordinal);
        return at > 0 && at + "/Patient/".Length < reference.Length
            ? new PatientKey(reference[..(at + "/Patient".Length)], reference[(at + "/Patient/".Length)..])
            : null;
    }

    /// <summary>A value as a search token: the characters that separate are escaped (FHIR R4, search, §escaping).</summary>
    public static string Token(PatientKey key) => Token(key.System, key.Value);

    /// <inheritdoc cref="Token(PatientKey)"/>
    public static string Token(string system, string value) => $"{Escaped(system)}|{Escaped(value)}";

    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("|", "\\|", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal)
        .Replace("$", "\\$", StringComparison.Ordinal);
}

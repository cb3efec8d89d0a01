using System.Text.Json;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Identity;

/// <summary>
/// Reads the search set the téléservice answers. A patient that does not carry the INS asked for makes the whole answer unusable:
/// nobody's traits but the right person's may certify anything.
/// </summary>
internal static class InsiAnswer
{
    private const string BirthGivenNames = "birth-list-given-name";
    private const string InseeCode = "insee-code";

    public static CertifiedIdentity Read(ReadOnlyMemory<byte> utf8Bundle, PatientKey asked)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8Bundle);
            var bundle = document.RootElement;
            if (Text(bundle, "resourceType") != "Bundle")
                return CertifiedIdentity.Unavailable;
            JsonElement? found = null;
            foreach (var entry in Items(bundle, "entry"))
            {
                if (!entry.TryGetProperty("resource", out var resource))
                    continue;
                if (Text(resource, "resourceType") == "OperationOutcome" && IsError(resource))
                    return CertifiedIdentity.Unavailable;
                if (Text(resource, "resourceType") != "Patient")
                    continue;
                if (!Carries(resource, asked))
                    return CertifiedIdentity.Unavailable;
                if (found is not null)
                    return CertifiedIdentity.Several;
                found = resource;
            }
            return found is { } patient ? CertifiedIdentity.Found(ReadTraits(patient, asked)) : CertifiedIdentity.Unknown;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Not JSON, or an element of another type than R4 gives it.
            return CertifiedIdentity.Unavailable;
        }
    }

    private static bool IsError(JsonElement outcome) =>
        Items(outcome, "issue").Any(static issue => Text(issue, "severity") is "error" or "fatal");

    private static bool Carries(JsonElement patient, PatientKey asked) =>
        Items(patient, "identifier").Any(identifier => KeyOf(identifier) == asked);

    private static PatientTraits ReadTraits(JsonElement patient, PatientKey asked)
    {
        var official = NameOf(patient, "official");
        return new PatientTraits
        {
            BirthName = official is { } birth ? Text(birth, "family") : null,
            UsedName = NameOf(patient, "usual") is { } used ? Text(used, "family") : null,
            GivenNames = official is { } names ? GivenNames(names) : [],
            BirthDate = FhirDate.TryParse(Text(patient, "birthDate"), out var date) ? date : null,
            Sex = Text(patient, "gender") switch { "female" => TraitSex.Female, "male" => TraitSex.Male, _ => TraitSex.Unknown },
            BirthPlaceCode = BirthPlace(patient),
            Keys = [.. Items(patient, "identifier").Where(identifier => IsLink(identifier, asked)).Select(KeyOf).OfType<PatientKey>().Distinct()],
            Status = StatusOf(patient),
        };
    }

    /// <summary>
    /// A deactivated identifier (<c>old</c>) links nothing unless it is the one asked for. A billing number (NSS, type NH) has the same
    /// system as the INS but may be the insured parent's.
    /// </summary>
    private static bool IsLink(JsonElement identifier, PatientKey asked)
    {
        if (identifier.TryGetProperty("type", out var type) && Items(type, "coding").Any(static coding => Text(coding, "code") == "NH"))
            return false;
        return Text(identifier, "use") != "old" || KeyOf(identifier) == asked;
    }

    private static PatientKey? KeyOf(JsonElement identifier) =>
        Text(identifier, "system") is { Length: > 0 } system && Text(identifier, "value") is { Length: > 0 } value
            ? new PatientKey(system, value) : null;

    private static JsonElement? NameOf(JsonElement patient, string use)
    {
        foreach (var name in Items(patient, "name"))
        {
            if (Text(name, "use") == use)
                return name;
        }
        return null;
    }

    /// <summary>Birth given names: the FR Core list extension completes <c>given</c>, whose first item may itself hold a space.</summary>
    private static List<string> GivenNames(JsonElement name)
    {
        var given = Items(name, "given").Select(static item => item.GetString()).OfType<string>().Where(static item => item.Length > 0).ToList();
        var list = Items(name, "extension")
            .Where(static extension => Text(extension, "url")?.EndsWith(BirthGivenNames, StringComparison.Ordinal) == true)
            .Select(static extension => Text(extension, "valueString")).OfType<string>().FirstOrDefault();
        if (list is null || given.Count > 1)
            return given;
        var rest = given is [var first] && list.StartsWith(first, StringComparison.OrdinalIgnoreCase) ? list[first.Length..] : list;
        if (given is [var only] && rest.Length == list.Length)
            return [only];
        given.AddRange(rest.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return given;
    }

    /// <summary><c>birthPlace</c> address with its INSEE code, in either edition of FR Core.</summary>
    private static string? BirthPlace(JsonElement patient)
    {
        foreach (var extension in Items(patient, "extension"))
        {
            if (Text(extension, "url")?.EndsWith("birthPlace", StringComparison.OrdinalIgnoreCase) != true
                || !extension.TryGetProperty("valueAddress", out var address))
                continue;
            foreach (var part in Items(address, "extension"))
            {
                if (Text(part, "url")?.EndsWith(InseeCode, StringComparison.OrdinalIgnoreCase) == true
                    && part.TryGetProperty("valueCoding", out var coding))
                    return Text(coding, "code");
            }
        }
        return null;
    }

    /// <summary>
    /// Identity status of FR Core 2.x. The older table v2-0445 is not read here: there VALI means what is QUAL now, and the téléservice
    /// itself makes an identity at least retrieved.
    /// </summary>
    private static IdentityStatus StatusOf(JsonElement patient)
    {
        var status = Items(patient, "extension")
            .SelectMany(static extension => Items(extension, "extension"))
            .Where(static part => Text(part, "url") == "identityStatus")
            .Select(static part => part.TryGetProperty("valueCoding", out var coding)
                && Text(coding, "system")?.EndsWith("fr-core-cs-identity-status", StringComparison.Ordinal) == true ? Text(coding, "code") : null)
            .FirstOrDefault();
        return status == "QUAL" ? IdentityStatus.Qualified : IdentityStatus.Retrieved;
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;

    private static JsonElement.ArrayEnumerator Items(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray()
            : default;
}

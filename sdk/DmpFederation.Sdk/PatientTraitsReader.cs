using System.Text.Json;
using System.Text.Unicode;

namespace DmpFederation.Sdk;

/// <summary>
/// Identity traits out of a FHIR R4 Patient: FR Core 2 (hl7.fr) and its 2022 predecessor (interopsante.org). A property of an unexpected JSON type
/// is as if absent.
/// </summary>
internal static class PatientTraitsReader
{
    private const int PlaceCodeLength = 5;

    internal static PatientTraits Read(ReadOnlyMemory<byte> utf8Patient, PatientKey? asked)
    {
        ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
        var resource = utf8Patient.Span.StartsWith(byteOrderMark) ? utf8Patient[byteOrderMark.Length..] : utf8Patient;
        if (!Utf8.IsValid(resource.Span))
            throw new EntryFormatException("NOT_JSON", "Not JSON: the bytes are not valid UTF-8.");
        try
        {
            using var document = JsonDocument.Parse(resource);
            var patient = document.RootElement;
            if (patient.ValueKind != JsonValueKind.Object)
                throw new EntryFormatException("NOT_A_RESOURCE", "Not a FHIR resource: expected one JSON object at byte 0.");
            if (Text(patient, "resourceType") != "Patient")
                throw new EntryFormatException("NOT_A_RESOURCE", "Not a FHIR Patient: the object's resourceType is another, or none.");
            return Read(patient, asked);
        }
        catch (JsonException)
        {
            // Its message may quote the bytes, so it is neither repeated nor kept.
            throw new EntryFormatException("NOT_JSON", "Not JSON, or nested more than 64 deep.");
        }
        catch (InvalidOperationException)
        {
            throw new EntryFormatException("NOT_JSON", "Not JSON: the name of a property holds half a character.");
        }
    }

    private static PatientTraits Read(JsonElement patient, PatientKey? asked)
    {
        JsonElement? official = null, maiden = null, usual = null, unstated = null;
        foreach (var name in Items(patient, "name"))
        {
            switch (Text(name, "use"))
            {
                case "official":
                    official ??= name;
                    break;
                case "maiden":
                    maiden ??= name;
                    break;
                case "usual":
                    usual ??= name;
                    break;
                case null:
                    unstated ??= name;
                    break;
                default:
                    // A former, temporary, invented or nick name is no trait.
                    break;
            }
        }
        // The name of birth is `official` in FR Core, `maiden` in older files. A lone name of no stated use is taken for it; beside a `usual`
        // one it could be either.
        var birth = official ?? maiden ?? (usual is null ? unstated : null);
        return new PatientTraits
        {
            BirthName = birth is { } named ? Text(named, "family") : null,
            UsedName = usual is { } used ? Text(used, "family") : null,
            GivenNames = birth is { } given ? GivenNames(given) : [],
            BirthDate = FhirDate.TryParse(Text(patient, "birthDate"), out var date) ? date : null,
            Sex = Text(patient, "gender") switch
            {
                "female" => TraitSex.Female,
                "male" => TraitSex.Male,
                _ => TraitSex.Unknown,
            },
            BirthPlaceCode = BirthPlaceCode(patient),
            Keys = Keys(patient, asked),
            Status = Status(patient),
        };
    }

    /// <summary>
    /// FR Core adds the list of birth given names as one string. It is cut at spaces, but for the names <c>given</c> holds at its head: they tell
    /// a given name with a space inside. Where the two disagree the list is what the birth certificate says.
    /// </summary>
    private static string[] GivenNames(JsonElement name)
    {
        var given = Items(name, "given").Select(Text).OfType<string>();
        var list = Items(name, "extension")
            .Where(static extension => LastOfUrl(extension).EndsWith("birth-list-given-name", StringComparison.Ordinal))
            .Select(static extension => Text(extension, "valueString"))
            .FirstOrDefault(static list => !string.IsNullOrWhiteSpace(list));
        if (list is null)
            return [.. given];

        var names = new List<string>();
        var rest = list.AsSpan().Trim();
        foreach (var first in given)
        {
            if (!rest.StartsWith(first, StringComparison.OrdinalIgnoreCase) || (rest.Length > first.Length && !char.IsWhiteSpace(rest[first.Length])))
                continue;
            names.Add(first);
            rest = rest[first.Length..].TrimStart();
        }
        return [.. names, .. rest.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
    }

    private static string? BirthPlaceCode(JsonElement patient)
    {
        foreach (var extension in Items(patient, "extension"))
        {
            if (LastOfUrl(extension) is not ("patient-birthPlace" or "birthPlace") || Member(extension, "valueAddress") is not { } address)
                continue;
            foreach (var inner in Items(address, "extension"))
            {
                if (LastOfUrl(inner).EndsWith("insee-code", StringComparison.Ordinal)
                    && Member(inner, "valueCoding") is { } coding && Text(coding, "code") is { } code && IsPlaceCode(code))
                    return code;
            }
            // 2022: the code officiel géographique travelled in district.
            if (Text(address, "district") is { } district && IsPlaceCode(district))
                return district;
        }
        return null;
    }

    // INSEE, code officiel géographique: département (2A and 2B are Corsica's) and commune, or 99 and a country.
    private static bool IsPlaceCode(string code) =>
        code.Length == PlaceCodeLength
        && char.IsAsciiDigit(code[0])
        && (char.IsAsciiDigit(code[1]) || (code[0] == '2' && code[1] is 'A' or 'B'))
        && code.AsSpan(2).IndexOfAnyExceptInRange('0', '9') < 0;

    private static PatientKey[] Keys(JsonElement patient, PatientKey? asked)
    {
        var keys = new List<PatientKey>();
        foreach (var identifier in Items(patient, "identifier"))
        {
            if (Text(identifier, "system") is not { } system || Text(identifier, "value") is not { } value || IsBillingNumber(identifier))
                continue;
            var key = new PatientKey(system, value);
            if ((Text(identifier, "use") != "old" || key == asked) && !keys.Contains(key))
                keys.Add(key);
        }
        return [.. keys];
    }

    // NSS: it has the system and the form of an INS, but may be that of the insured parent.
    private static bool IsBillingNumber(JsonElement identifier) =>
        Member(identifier, "type") is { } type && Items(type, "coding").Any(static coding => Text(coding, "code") == "NH");

    private static IdentityStatus Status(JsonElement patient)
    {
        foreach (var extension in Items(patient, "extension"))
        {
            if (LastOfUrl(extension) is not ("fr-core-identity-reliability" or "fr-core-ident-reliability"))
                continue;
            foreach (var inner in Items(extension, "extension"))
            {
                if (Text(inner, "url") is "identityStatus" or "identityReliability" && Member(inner, "valueCoding") is { } coding)
                    return Status(Text(coding, "code"), Text(coding, "system"));
            }
        }
        return IdentityStatus.Provisional;
    }

    /// <summary>
    /// The same code says two things: in table v2-0445, used until 2022, VALI was the status now called QUAL; in the RNIV table VALI is checked
    /// but not fetched from INSi. The coding system tells the edition.
    /// </summary>
    private static IdentityStatus Status(string? code, string? system) => code switch
    {
        "QUAL" => IdentityStatus.Qualified,
        "RECUP" => IdentityStatus.Retrieved,
        "VALI" => system?.Contains("0445", StringComparison.Ordinal) == true ? IdentityStatus.Qualified : IdentityStatus.Validated,
        _ => IdentityStatus.Provisional,
    };

    // The editions differ in the address a definition stands under, not in its name.
    private static ReadOnlySpan<char> LastOfUrl(JsonElement extension)
    {
        var url = Text(extension, "url").AsSpan();
        return url[(url.LastIndexOf('/') + 1)..];
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) ? Text(value) : null;

    // Empty texts, and a lone surrogate written as an escape, which is valid JSON and no text, are as if absent.
    private static string? Text(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonElement? Member(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
            ? value
            : null;

    private static IEnumerable<JsonElement> Items(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray()
            : [];
}

using System.Text.Json;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>Identity traits out of a FHIR Patient: FR Core 2 (hl7.fr) and its 2022 predecessor (interopsante.org).</summary>
internal static class PatientTraitsReader
{
    public static PatientTraits Read(JsonElement patient, IReadOnlyList<PatientKey> keys)
    {
        JsonElement? birth = null, maiden = null, used = null, any = null;
        foreach (var name in patient.Items("name"))
        {
            any ??= name;
            switch (name.Text("use"))
            {
                case "official":
                    birth ??= name;
                    break;
                case "maiden":
                    maiden ??= name;
                    break;
                case "usual":
                    used ??= name;
                    break;
            }
        }
        var certified = birth ?? maiden ?? any;
        return new PatientTraits
        {
            BirthName = (birth ?? maiden ?? (used is null ? any : null))?.Text("family"),
            UsedName = used?.Text("family"),
            GivenNames = certified is { } named ? GivenNames(named) : [],
            BirthDate = FhirDate.TryParse(patient.Text("birthDate"), out var date) ? date : null,
            Sex = patient.Text("gender") switch
            {
                "female" => TraitSex.Female,
                "male" => TraitSex.Male,
                _ => TraitSex.Unknown,
            },
            BirthPlaceCode = BirthPlaceCode(patient),
            Keys = keys,
            Status = Status(patient),
        };
    }

    /// <summary>The list of birth given names is an extension of one string; without it the given names of the name.</summary>
    private static string[] GivenNames(JsonElement name)
    {
        foreach (var extension in name.Items("extension"))
        {
            if (EndsWith(extension, "fr-core-patient-birth-list-given-name") && extension.Text("valueString") is { Length: > 0 } list)
                return list.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }
        return [.. name.Items("given").Where(given => given.ValueKind == JsonValueKind.String).Select(given => given.GetString()!)];
    }

    private static string? BirthPlaceCode(JsonElement patient)
    {
        foreach (var extension in patient.Items("extension"))
        {
            if (!EndsWith(extension, "patient-birthPlace") || extension.Member("valueAddress") is not { } address)
                continue;
            foreach (var inner in address.Items("extension"))
            {
                if (EndsWith(inner, "fr-core-address-insee-code") && inner.Member("valueCoding")?.Text("code") is { Length: 5 } code)
                    return code;
            }
            // 2022: the code officiel géographique travelled in district.
            if (address.Text("district") is { Length: 5 } district && district.All(char.IsAsciiLetterOrDigit) && char.IsAsciiDigit(district[0]))
                return district;
        }
        return null;
    }

    private static IdentityStatus Status(JsonElement patient)
    {
        foreach (var extension in patient.Items("extension"))
        {
            if (!EndsWith(extension, "fr-core-identity-reliability") && !EndsWith(extension, "fr-core-ident-reliability"))
                continue;
            foreach (var inner in extension.Items("extension"))
            {
                if (inner.Text("url") is "identityStatus" or "identityReliability" && inner.Member("valueCoding") is { } coding)
                    return Status(coding.Text("code"), coding.Text("system"));
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

    private static bool EndsWith(JsonElement extension, string name) =>
        extension.Text("url") is { } url && (url == name || url.EndsWith("/" + name, StringComparison.Ordinal));
}

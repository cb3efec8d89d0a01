using DmpFederation.PartnerPortal.Hub;

namespace DmpFederation.PartnerPortal.Wording;

/// <summary>Identity traits in French.</summary>
internal static class IdentityText
{
    /// <summary><c>DURAND Paul Marie</c>, with the used name when there is one.</summary>
    public static string Name(PatientIdentity patient)
    {
        var name = $"{patient.BirthName} {string.Join(' ', patient.GivenNames ?? [])}".Trim();
        return patient.UsedName is { Length: > 0 } used && used != patient.BirthName ? $"{name} (nom utilisé : {used})" : name;
    }

    public static string Sex(string? sex) => sex switch
    {
        "FEMALE" => "Femme",
        "MALE" => "Homme",
        _ => "Sexe non précisé",
    };

    /// <summary>The INS without its system, spaced as on a Vitale card.</summary>
    public static string Ins(string wire)
    {
        var value = wire[(wire.LastIndexOf('|') + 1)..];
        return value.Length == 15
            ? $"{value[..1]} {value[1..3]} {value[3..5]} {value[5..7]} {value[7..10]} {value[10..13]} {value[13..]}"
            : value;
    }

    /// <summary>Status of the RNIV; null when the hub states none.</summary>
    public static string? Status(string? status) => status switch
    {
        "QUALIFIED" => "Identité qualifiée",
        "RETRIEVED" => "Identité récupérée",
        "VALIDATED" => "Identité validée",
        "PROVISIONAL" => "Identité provisoire",
        _ => null,
    };
}

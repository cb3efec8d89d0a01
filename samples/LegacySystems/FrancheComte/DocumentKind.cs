using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.FrancheComte;

/// <summary>What the store's software knows of a type of document (CI-SIS models; TRE_A03, TRE_R02 and practice settings of the DMP).</summary>
/// <param name="Title">Title printed on it.</param>
/// <param name="TemplateId">CI-SIS model of the body; null for a letter without one.</param>
/// <param name="FormatCode">XDS format.</param>
internal sealed record DocumentKind(
    string Title, string? TemplateId, string FormatCode, string ClassCode, string ClassLabel, string FacilityCode, string FacilityLabel,
    string PracticeCode, string PracticeLabel)
{
    internal static DocumentKind Of(SyntheticCode type) => type.Code switch
    {
        "11502-2" => Report("1.2.250.1.213.1.1.1.55", "urn:ihe:lab:xd-lab:2008", "10", "Compte rendu", "SA25", "Laboratoire de biologie médicale"),
        "60591-5" => Report("1.2.250.1.213.1.1.1.13", "urn:ihe:pcc:xphr:2007", "11", "Synthèse", "SA07", "Cabinet individuel"),
        "87273-9" or "11369-6" => Report("1.2.250.1.213.1.1.1.37", "urn:ihe:pcc:ic:2009", "11", "Synthèse", "SA07", "Cabinet individuel"),
        "60593-1" => Report("1.2.250.1.213.1.1.1.54", "urn:ihe:pharm:dis:2010", "43", "Dispensation", "SA33", "Pharmacie d'officine"),
        "34794-8" => Hospital("1.2.250.1.213.1.1.1.8", "10", "Compte rendu"),
        "18776-5" => Hospital("1.2.250.1.213.1.1.1.26", "44", "Plan et protocole de soins"),
        "11490-0" => Hospital(null, "10", "Compte rendu"),
        "18748-4" => Hospital(null, "31", "Imagerie médicale"),
        _ => Report(null, "urn:ihe:iti:xds-sd:text:2008", "10", "Compte rendu", "SA07", "Cabinet individuel"),
    } with
    {
        Title = type.Label,
    };

    private static DocumentKind Report(string? template, string format, string classCode, string classLabel, string facility, string facilityLabel) =>
        new("", template, format, classCode, classLabel, facility, facilityLabel, "AMBULATOIRE", "Ambulatoire");

    private static DocumentKind Hospital(string? template, string classCode, string classLabel) => new(
        "", template, "urn:ihe:iti:xds-sd:pdf:2008", classCode, classLabel, "SA01", "Établissement public de santé",
        "ETABLISSEMENT", "Établissement de santé");
}

using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.SyntheticFrance.Terminology;

/// <summary>What a diabetes network records beside results and medicines.</summary>
internal static class NetworkTerms
{
    public static readonly SyntheticCode Visit = new("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB", "ambulatoire");
    public static readonly SyntheticCode BloodPressure = new(CodeSystems.Loinc, "85354-9", "Pression artérielle");
    public static readonly SyntheticCode Retinography = new(CodeSystems.Loinc, "75492-9", "Rétinographie");
    public static readonly SyntheticCode FootExamination = new(CodeSystems.Snomed, "401191002", "Examen du pied diabétique");
    public static readonly SyntheticCode Education = new(CodeSystems.Snomed, "385805005", "Séance d'éducation thérapeutique");

    public static readonly IReadOnlyList<string> Subjects =
        ["Alimentation et équilibre glycémique", "Autosurveillance glycémique", "Soins des pieds ; chaussage", "Activité physique adaptée"];
}

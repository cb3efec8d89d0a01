using System.Collections.Frozen;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.ReseauDiabete.Facts;

/// <summary>What a heading of the network becomes in FHIR.</summary>
internal enum FactShape
{
    /// <summary>Observation of category laboratory.</summary>
    Result,

    /// <summary>Observation of category vital-signs.</summary>
    Sign,

    /// <summary>Blood pressure: one panel with two components.</summary>
    BloodPressure,

    /// <summary>Procedure.</summary>
    Act,

    /// <summary>Encounter.</summary>
    Visit,

    /// <summary>CarePlan.</summary>
    Plan,

    /// <summary>MedicationStatement.</summary>
    Treatment,
}

/// <summary>A unit the network writes, in UCUM, with the LOINC code that goes with it: mass and molar results have codes of their own.</summary>
/// <param name="Written">As in the file.</param>
/// <param name="Ucum">UCUM code.</param>
/// <param name="Loinc">Code of the measurement in this unit.</param>
internal sealed record RubricUnit(string Written, string Ucum, string Loinc);

/// <summary>One heading (<c>Rubrique</c>) of the follow-up file.</summary>
/// <param name="Name">As in the file.</param>
/// <param name="Shape">What it becomes.</param>
/// <param name="Label">French label.</param>
/// <param name="Code">Code when the row names none; null for a measurement, whose unit decides, and for a treatment, which names its own.</param>
/// <param name="Units">Units of a measurement; empty otherwise.</param>
internal sealed record Rubric(string Name, FactShape Shape, string Label, Coding? Code, params IReadOnlyList<RubricUnit> Units)
{
    public const string Loinc = "http://loinc.org";
    public const string Snomed = "http://snomed.info/sct";
    public const string Ccam = "urn:oid:1.2.250.1.215.300.1";
    public const string Atc = "http://www.whocc.no/atc";
    public const string ActCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    /// <summary>The foot is graded 0 to 3 (HAS): the only heading whose value is a grade.</summary>
    public const string Foot = "PIED";

    /// <summary>An education session is an act of category education.</summary>
    public const string Education = "EDUCATION";

    private static readonly FrozenDictionary<string, Rubric> All = new Rubric[]
    {
        new("HBA1C", FactShape.Result, "Hémoglobine A1c", null, new("%", "%", "4548-4"), new("mmol/mol", "mmol/mol", "59261-8")),
        new("GLYCEMIE", FactShape.Result, "Glucose à jeun", null, new("g/L", "g/L", "53049-3"), new("mmol/L", "mmol/L", "40193-5")),
        new("CREATININE", FactShape.Result, "Créatinine", null, new("mg/L", "mg/L", "2160-0"), new("µmol/L", "umol/L", "14682-9")),
        new(
            "DFG", FactShape.Result, "Débit de filtration glomérulaire estimé (CKD-EPI)", null,
            new RubricUnit("mL/min/1,73 m²", "mL/min/{1.73_m2}", "62238-1")),
        new(
            "MICROALBUMINURIE", FactShape.Result, "Albumine/créatinine urinaire", null, new("mg/g", "mg/g", "9318-7"),
            new("mg/mmol", "mg/mmol", "32294-1")),
        new("CHOLESTEROL", FactShape.Result, "Cholestérol total", null, new("g/L", "g/L", "2093-3"), new("mmol/L", "mmol/L", "14647-2")),
        new("HDL", FactShape.Result, "Cholestérol HDL", null, new("g/L", "g/L", "2085-9"), new("mmol/L", "mmol/L", "14646-4")),
        new("LDL", FactShape.Result, "Cholestérol LDL calculé", null, new("g/L", "g/L", "13457-7"), new("mmol/L", "mmol/L", "39469-2")),
        new("TRIGLYCERIDES", FactShape.Result, "Triglycérides", null, new("g/L", "g/L", "2571-8"), new("mmol/L", "mmol/L", "14927-8")),
        new("POIDS", FactShape.Sign, "Poids corporel", null, new RubricUnit("kg", "kg", "29463-7")),
        new("TAILLE", FactShape.Sign, "Taille du patient", null, new RubricUnit("cm", "cm", "8302-2")),
        new("PA", FactShape.BloodPressure, "Pression artérielle", null, new RubricUnit("mmHg", "mm[Hg]", "85354-9")),
        new("FOND_OEIL", FactShape.Act, "Rétinographie", new Coding(Loinc, "75492-9")),
        new(Foot, FactShape.Act, "Examen du pied diabétique", new Coding(Snomed, "401191002")),
        new("ECG", FactShape.Act, "Électrocardiographie sur au moins 12 dérivations", new Coding(Ccam, "DEQP003")),
        new(Education, FactShape.Act, "Séance d'éducation thérapeutique", new Coding(Snomed, "385805005")),
        new("VISITE", FactShape.Visit, "Consultation de suivi du diabète", new Coding(ActCode, "AMB")),
        new("PLAN_SOINS", FactShape.Plan, "Plan personnalisé de soins", new Coding(Loinc, "18776-5")),
        new("TRAITEMENT", FactShape.Treatment, "Traitement", null),
    }.ToFrozenDictionary(rubric => rubric.Name, StringComparer.Ordinal);

    public bool IsMeasured => Shape is FactShape.Result or FactShape.Sign or FactShape.BloodPressure;

    public static Rubric? Find(string name) => All.GetValueOrDefault(name);
}

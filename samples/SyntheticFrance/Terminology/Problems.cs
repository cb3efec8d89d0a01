using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.SyntheticFrance.Terminology;

/// <summary>ICD-10 codes with the French labels of the CIM-10.</summary>
internal static class Problems
{
    public static readonly SyntheticCode Diabetes = Icd("E11.9", "Diabète sucré de type 2, sans complication");
    public static readonly SyntheticCode Hypertension = Icd("I10", "Hypertension essentielle (primitive)");
    public static readonly SyntheticCode Hypercholesterolaemia = Icd("E78.0", "Hypercholestérolémie essentielle");
    public static readonly SyntheticCode Asthma = Icd("J45.9", "Asthme, sans précision");
    public static readonly SyntheticCode Hypothyroidism = Icd("E03.9", "Hypothyroïdie, sans précision");
    public static readonly SyntheticCode BreastCancer = Icd("C50.9", "Tumeur maligne du sein, sans précision");
    public static readonly SyntheticCode ColonCancer = Icd("C18.9", "Tumeur maligne du côlon, sans précision");
    public static readonly SyntheticCode RheumatoidArthritis = Icd("M06.9", "Polyarthrite rhumatoïde, sans précision");

    public static readonly SyntheticCode AtrialFibrillation = Icd("I48.9", "Fibrillation et flutter auriculaires, sans précision");

    public static readonly IReadOnlyList<SyntheticCode> Minor =
    [
        Icd("K21.9", "Reflux gastro-œsophagien sans œsophagite"),
        Icd("M54.5", "Lombalgie basse"),
        Icd("G43.9", "Migraine, sans précision"),
        Icd("J30.1", "Rhinite allergique due au pollen"),
        Icd("M17.9", "Gonarthrose, sans précision"),
        Icd("I83.9", "Varices des membres inférieurs sans ulcère ni inflammation"),
    ];

    public static SyntheticCode Icd(string code, string label) => new(CodeSystems.Icd10, code, label);
}

/// <summary>SNOMED CT allergies, and the statement that none is known, which is a fact of its own and not a silence.</summary>
internal static class Allergies
{
    public static readonly SyntheticCode NoneKnown = new(CodeSystems.Snomed, "716186003", "Aucune allergie connue");

    public static readonly SyntheticCode Penicillin = new(CodeSystems.Snomed, "91936005", "Allergie à la pénicilline");

    public static readonly IReadOnlyList<SyntheticCode> All =
    [
        Penicillin,
        new(CodeSystems.Snomed, "91935009", "Allergie à l'arachide"),
        new(CodeSystems.Snomed, "300916003", "Allergie au latex"),
        new(CodeSystems.Snomed, "418689008", "Allergie au pollen de graminées"),
        new(CodeSystems.Snomed, "293586001", "Allergie à l'aspirine"),
        new(CodeSystems.Snomed, "425525006", "Allergie aux produits laitiers"),
    ];
}

/// <summary>CCAM acts.</summary>
internal static class Acts
{
    public static readonly SyntheticCode Electrocardiogram = Ccam("DEQP003", "Électrocardiographie sur au moins 12 dérivations");
    public static readonly SyntheticCode Fundus = Ccam("BGQP002", "Examen du fond d'œil par biomicroscopie avec verre de contact");
    public static readonly SyntheticCode BreastTumourRemoval = Ccam("QEFA004", "Tumorectomie du sein");
    public static readonly SyntheticCode TotalColonoscopy = Ccam("HHQE005", "Coloscopie totale");
    public static readonly SyntheticCode Mammography = Ccam("QEQK001", "Mammographie bilatérale");

    /// <summary>Imaging that is asked for again when its report is not at hand.</summary>
    public static readonly IReadOnlyList<SyntheticCode> Imaging =
    [
        Ccam("ZBQK002", "Radiographie du thorax"),
        Ccam("NFQK001", "Radiographie unilatérale du genou selon 1 ou 2 incidences"),
        Ccam("ZCQM008", "Échographie transcutanée de l'abdomen"),
        Ccam("LHQK001", "Radiographie d'un segment de la colonne vertébrale selon 1 à 3 incidences"),
    ];

    /// <summary>True for an act whose result is an image.</summary>
    public static bool IsImaging(string code) => code == Mammography.Code || Imaging.Any(act => act.Code == code);

    public static SyntheticCode Ccam(string code, string label) => new(CodeSystems.Ccam, code, label);
}

/// <summary>Vital signs (LOINC).</summary>
internal static class VitalSigns
{
    public static readonly SyntheticCode Weight = new(CodeSystems.Loinc, "29463-7", "Poids corporel");
    public static readonly SyntheticCode Height = new(CodeSystems.Loinc, "8302-2", "Taille du patient");
    public static readonly SyntheticCode Systolic = new(CodeSystems.Loinc, "8480-6", "Pression artérielle systolique");
    public static readonly SyntheticCode Diastolic = new(CodeSystems.Loinc, "8462-4", "Pression artérielle diastolique");
}

/// <summary>Document types of the DMP (JDV_J07).</summary>
internal static class DocumentTypes
{
    public static readonly SyntheticCode BiologyReport = Loinc("11502-2", "Compte rendu d'examens biologiques");
    public static readonly SyntheticCode MedicalSummary = Loinc("60591-5", "Synthèse médicale");
    public static readonly SyntheticCode VaccinationNote = Loinc("87273-9", "Note de vaccination");
    public static readonly SyntheticCode Dispensation = Loinc("60593-1", "Dispensation médicamenteuse");
    public static readonly SyntheticCode MultidisciplinaryMeeting = Loinc("34794-8", "Fiche de réunion de concertation pluridisciplinaire");
    public static readonly SyntheticCode CarePlan = Loinc("18776-5", "Plan personnalisé de soins");
    public static readonly SyntheticCode DischargeLetter = Loinc("11490-0", "Lettre de liaison à la sortie d'un établissement de soins");
    public static readonly SyntheticCode Consultation = Loinc("11488-4", "Compte rendu de consultation");
    public static readonly SyntheticCode OperativeReport = Loinc("34874-8", "Compte rendu opératoire");
    public static readonly SyntheticCode Pathology = Loinc("60568-3", "Compte rendu d'anatomie et de cytologie pathologiques");
    public static readonly SyntheticCode Imaging = Loinc("18748-4", "Compte rendu d'imagerie médicale");

    private static SyntheticCode Loinc(string code, string label) => new(CodeSystems.Loinc, code, label);
}

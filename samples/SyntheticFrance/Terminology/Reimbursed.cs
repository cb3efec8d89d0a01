using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.SyntheticFrance.Terminology;

/// <summary>
/// What the assurance maladie pays for beside medicines: acts of the NGAP, of biology (NABM) and of radiology (CCAM), devices of the LPP. Codes of
/// acts are real; those of devices have the form of the LPP and are invented.
/// </summary>
internal static class Reimbursed
{
    public static readonly SyntheticCode Consultation = Ngap("G", "CONSULTATION MEDECINE GENERALE");
    public static readonly SyntheticCode SpecialistConsultation = Ngap("CS", "CONSULTATION SPECIALISTE");
    public static readonly SyntheticCode NurseCare = Ngap("AMI", "ACTE INFIRMIER");

    public static readonly SyntheticCode ChestRadiograph = Acts.Ccam("ZBQK002", "Radiographie du thorax");
    public static readonly SyntheticCode Mammography = Acts.Ccam("QEQK001", "Mammographie bilatérale");
    public static readonly SyntheticCode AbdominalUltrasound = Acts.Ccam("ZCQM008", "Échographie transcutanée de l'abdomen");

    public static readonly SyntheticCode TestStrips = Lpp("9900101", "AUTOSURVEILLANCE GLYCEMIQUE, BANDELETTES, BOITE DE 100");
    public static readonly SyntheticCode Lancets = Lpp("9900118", "AUTOSURVEILLANCE GLYCEMIQUE, LANCETTES, BOITE DE 200");
    public static readonly SyntheticCode InhalationChamber = Lpp("9900124", "CHAMBRE D'INHALATION, ADULTE");
    public static readonly SyntheticCode Stockings = Lpp("9900130", "BAS DE COMPRESSION, CLASSE 2, LA PAIRE");

    private static readonly SyntheticCode Lipids = Nabm("996", "EXPLORATION D'UNE ANOMALIE LIPIDIQUE");
    private static readonly SyntheticCode Electrolytes = Nabm("1610", "IONOGRAMME (NA + K + CL)");
    private static readonly SyntheticCode BloodCount = Nabm("1104", "HEMOGRAMME Y COMPRIS PLAQUETTES");
    private static readonly SyntheticCode CreatinineAct = Nabm("592", "SANG : CREATININE");

    /// <summary>The act by which the laboratory is paid for an analyte (LOINC); null for one that comes with another act.</summary>
    public static SyntheticCode? ActOf(string loinc) => loinc switch
    {
        "4548-4" => Nabm("1577", "HEMOGLOBINE GLYQUEE (HBA1C)"),
        "53049-3" => Nabm("552", "SANG : GLUCOSE (GLYCEMIE)"),
        "2160-0" or "62238-1" => CreatinineAct,
        "2093-3" or "2085-9" or "13457-7" or "2571-8" => Lipids,
        "9318-7" => Nabm("1133", "URINES : MICROALBUMINURIE"),
        "2823-3" or "2951-2" => Electrolytes,
        "3016-3" => Nabm("1208", "T.S.H. (SANG)"),
        "1988-5" => Nabm("1804", "PROTEINE C REACTIVE (CRP)"),
        "718-7" or "777-3" or "6690-2" => BloodCount,
        _ => null,
    };

    private static SyntheticCode Ngap(string code, string label) => new(CodeSystems.Ngap, code, label);

    private static SyntheticCode Nabm(string code, string label) => new(CodeSystems.Nabm, code, label);

    private static SyntheticCode Lpp(string code, string label) => new(CodeSystems.Lpp, code, label);
}

namespace DmpFederation.Hub.Access;

/// <summary>Ids of the rules. Never reused or renumbered; README.md has a row for each.</summary>
internal static class AccessRules
{
    public const string AnalystNeverAPerson = "ACC-101";
    public const string RegionOperatorNeverADossier = "ACC-102";
    public const string NationalOperatorNeverADossier = "ACC-103";
    public const string DpoNoClinicalContent = "ACC-104";
    public const string PatientReadsOwn = "ACC-110";
    public const string PatientOnlyOwn = "ACC-111";
    public const string PatientPurpose = "ACC-112";
    public const string PatientWithoutIns = "ACC-113";
    public const string ProfessionalInSituation = "ACC-120";
    public const string ProfessionalWithoutSituation = "ACC-121";
    public const string ProfessionalPurpose = "ACC-122";
    public const string FiguresOfSourcesForNationalOperators = "ACC-130";
    public const string RegionOperatorOwnSources = "ACC-150";
    public const string NationalOperatorEverySource = "ACC-151";
    public const string DpoLooksAtSources = "ACC-152";
    public const string DpoChangesNoSource = "ACC-153";
    public const string OperatorWithoutRegion = "ACC-154";
    public const string NoSteward = "ACC-155";
    public const string Otherwise = "ACC-199";
}

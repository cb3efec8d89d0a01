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
    public const string PatientReadsOwnTraces = "ACC-140";
    public const string DpoReadsTraces = "ACC-141";
    public const string TracesForPatientAndDpo = "ACC-142";
    public const string RegionOperatorOwnSources = "ACC-150";
    public const string NationalOperatorEverySource = "ACC-151";
    public const string DpoLooksAtSources = "ACC-152";
    public const string DpoChangesNoSource = "ACC-153";
    public const string OperatorWithoutRegion = "ACC-154";
    public const string NoSteward = "ACC-155";
    public const string LinksAreNational = "ACC-156";
    public const string NotAMinor = "ACC-114";
    public const string Otherwise = "ACC-199";

    public const string Blocked = "ACC-200";
    public const string DossierNeverOpened = "ACC-201";
    public const string DossierClosed = "ACC-202";
    public const string NotInMatrix = "ACC-203";
    public const string AttendingPhysician = "ACC-210";
    public const string ConsentToProfessional = "ACC-211";
    public const string ConsentToOrganization = "ACC-212";
    public const string ConsentToCareTeam = "ACC-213";
    public const string ConsentToProfession = "ACC-214";
    public const string ConsentToEveryone = "ACC-215";
    public const string CareTeamPresumed = "ACC-216";
    public const string FeedingNotOpposed = "ACC-217";
    public const string ConsentMissing = "ACC-220";
    public const string ConsentRefused = "ACC-221";

    public const string BreakGlass = "ACC-230";
    public const string TicketUnknown = "ACC-231";
    public const string TicketEnded = "ACC-232";
    public const string PatientOpposes = "ACC-233";
    public const string RegulatorsOnly = "ACC-234";
    public const string IndirectNotEnough = "ACC-235";
    public const string BreakGlassScope = "ACC-236";
    public const string SourceRefusesBreakGlass = "ACC-237";
    public const string TicketOfAnother = "ACC-238";

    public const string PatientChangesOwn = "ACC-240";
    public const string ProfessionalCollects = "ACC-241";
    public const string EvidenceMissing = "ACC-242";
    public const string PatientAlone = "ACC-243";
    public const string OwnGranteeOnly = "ACC-244";
    public const string IndirectChangesNothing = "ACC-245";
    public const string CareTeamSelf = "ACC-246";
    public const string ProfessionalMasks = "ACC-247";
    public const string PatientSetsNoInvisibility = "ACC-248";
    public const string ProfessionalOpensTicket = "ACC-250";
    public const string NoTicketForRole = "ACC-251";
    public const string DpoReviews = "ACC-260";
    public const string ReviewForDpo = "ACC-261";
    public const string PatientFeedsOtherwise = "ACC-270";

    public const string PatientSeesEntry = "ENT-301";
    public const string InvisiblePatient = "ENT-302";
    public const string InvisibleRepresentatives = "ENT-303";
    public const string MaskedToProfessionals = "ENT-310";
    public const string AuthorSeesMasked = "ENT-311";
    public const string AttendingSeesMasked = "ENT-312";
    public const string MatrixAllows = "ENT-320";
    public const string MatrixRefuses = "ENT-321";
    public const string EmergencyType = "ENT-322";
    public const string SameFactMasked = "ENT-330";
    public const string OtherPerson = "ENT-331";
    public const string SourceNotAllowed = "ENT-332";
}

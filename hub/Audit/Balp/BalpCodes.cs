namespace DmpFederation.Hub.Audit.Balp;

/// <summary>
/// Codes of FHIR R4 AuditEvent as IHE BALP uses them (profiles.ihe.net/ITI/BALP, Basic Audit Log Patterns).
/// </summary>
internal static class BalpCodes
{
    public const string EventType = "http://terminology.hl7.org/CodeSystem/audit-event-type";
    public const string Interaction = "http://hl7.org/fhir/restful-interaction";
    public const string Dicom = "http://dicom.nema.org/resources/ontology/DCM";
    public const string Participation = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    public const string ActReason = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
    public const string EntityType = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    public const string EntityRole = "http://terminology.hl7.org/CodeSystem/object-role";
    public const string SourceType = "http://terminology.hl7.org/CodeSystem/security-source-type";
    public const string BalpEntity = "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType";
    public const string Profession = "https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante";

    /// <summary>PS_IdNat and STRUCT_IdNat (domain: identifiers of professionals and structures).</summary>
    public const string Professionals = "urn:oid:1.2.250.1.71.4.2.1";

    public const string Structures = "urn:oid:1.2.250.1.71.4.2.2";

    /// <summary>Ids of this hub's own: entries, tickets, portals.</summary>
    public const string Entries = "urn:dmp-federation:entry";

    public const string Clients = "urn:dmp-federation:client";

    /// <summary>Which shape an action takes.</summary>
    public static BalpShape ShapeOf(string action, bool isAboutPatient) => action switch
    {
        "TOKEN_REFUSED" => BalpShape.Login,
        "DOSSIER_READ" or "DOSSIER_REFUSED" or "OVERLAP_MEASURED" or "QUARANTINE_LISTED" or "IDENTITY_WORK" =>
            isAboutPatient ? BalpShape.PatientQuery : BalpShape.Query,
        "POLICY_READ" or "EXPLAINED" or "ACCESS_LOG_READ" or "AUDIT_EXPORTED" or "MIGRATION_READ" or "MIGRATION_WATCHED"
            or "DELIVERY_READ" =>
            isAboutPatient ? BalpShape.PatientRead : BalpShape.Read,
        "DOSSIER_OPENED" or "BREAK_GLASS_OPENED" or "BREAK_GLASS_REFUSED" or "IDENTITY_LINKED" or "MIGRATION_STARTED" or "MIGRATION_DECLARED" or "MIGRATION_SETTLED"
            or "DEPOSITED" =>
            isAboutPatient ? BalpShape.PatientCreate : BalpShape.Create,
        _ => isAboutPatient ? BalpShape.PatientUpdate : BalpShape.Update,
    };

    /// <summary>v3-ActReason of a purpose; null when there is none.</summary>
    public static string? ReasonOf(string? purpose, string? mode) => mode is not null
        ? "BTG"
        : purpose switch
        {
            "TREATMENT" => "TREAT",
            "EMERGENCY" => "ETREAT",
            "PATIENT_REQUEST" => "PATRQT",
            "STEWARDSHIP" => "HOPERAT",
            _ => null,
        };
}

/// <summary>The patterns of BALP this hub uses; a login is none of them.</summary>
internal enum BalpShape
{
    PatientQuery,
    PatientRead,
    PatientCreate,
    PatientUpdate,
    Query,
    Read,
    Create,
    Update,
    Login,
}

namespace DmpFederation.Hub.Api;

/// <summary>Stable error codes of every protocol the hub speaks (contract §5). Never renamed, never reused.</summary>
internal static class ErrorCodes
{
    public const string InsInvalid = "INS_INVALID";
    public const string Unauthenticated = "UNAUTHENTICATED";
    public const string AccessRefused = "ACCESS_REFUSED";
    public const string ConsentRequired = "CONSENT_REQUIRED";
    public const string DossierNotOpen = "DOSSIER_NOT_OPEN";
    public const string BreakGlassRefused = "BREAK_GLASS_REFUSED";
    public const string QueryTooCostly = "QUERY_TOO_COSTLY";
    public const string QueryTooDeep = "QUERY_TOO_DEEP";
    public const string BadRequest = "BAD_REQUEST";
    public const string NotFound = "NOT_FOUND";
    public const string Conflict = "CONFLICT";
    public const string AuditUnavailable = "AUDIT_UNAVAILABLE";
    public const string Internal = "INTERNAL";
    public const string PolicyUnavailable = "POLICY_UNAVAILABLE";
    public const string MigrationBlocked = "MIGRATION_BLOCKED";
    public const string MigrationUnavailable = "MIGRATION_UNAVAILABLE";
    public const string DepositUnavailable = "DEPOSIT_UNAVAILABLE";
    public const string QuarantineUnavailable = "QUARANTINE_UNAVAILABLE";

    public const string SourcePartial = "SOURCE_PARTIAL";
    public const string SourceTimedOut = "SOURCE_TIMED_OUT";
    public const string SourceCircuitOpen = "SOURCE_CIRCUIT_OPEN";
    public const string SourceFailed = "SOURCE_FAILED";
    public const string SourceQuarantined = "SOURCE_QUARANTINED";
}

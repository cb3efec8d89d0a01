namespace DmpFederation.Hub.Audit;

/// <summary>One line as it is kept. Everything but <see cref="Id"/> is covered by <see cref="Hash"/>.</summary>
internal sealed class AuditLine
{
    /// <summary>Number within the database; says nothing about order on a chain.</summary>
    public long Id { get; set; }

    /// <summary>The chain: one node under one key.</summary>
    public required string Chain { get; set; }

    /// <summary>Place on the chain, from 1 without a gap.</summary>
    public required long Seq { get; set; }

    /// <summary>When it was written, Unix milliseconds.</summary>
    public required long At { get; set; }

    public required string Action { get; set; }

    public required string Outcome { get; set; }

    public string? Code { get; set; }

    public string? Rule { get; set; }

    public required string ActorRole { get; set; }

    public string? ActorId { get; set; }

    public string? ActorName { get; set; }

    public string? Profession { get; set; }

    public string? Specialty { get; set; }

    public string? OrganizationId { get; set; }

    public string? OrganizationName { get; set; }

    public string? ClientId { get; set; }

    public string? Authentication { get; set; }

    public string? StructureCertificate { get; set; }

    public string? Representative { get; set; }

    /// <summary><c>system|value</c>; null when it is about no patient.</summary>
    public string? Patient { get; set; }

    public string? Purpose { get; set; }

    public string? Ticket { get; set; }

    public string? Mode { get; set; }

    public string? Reason { get; set; }

    /// <summary><c>source=STATUS</c> or <c>source=STATUS:REASON</c>, separated by <c>;</c>. Null when there are none.</summary>
    public string? Sources { get; set; }

    public string? Detail { get; set; }

    public required string CorrelationId { get; set; }

    public int EntryCount { get; set; }

    /// <summary>Ids of the entries, 16 bytes each; null when there are none or too many.</summary>
    public byte[]? EntryIds { get; set; }

    /// <summary>Instead of too many ids.</summary>
    public byte[]? EntryDigest { get; set; }

    public bool Confidential { get; set; }

    /// <summary>Hash of the line before; of the chain's beginning for the first.</summary>
    public required byte[] Previous { get; set; }

    /// <summary>HMAC-SHA256 of everything above but the id.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>The line of a record, not yet on a chain.</summary>
    public static AuditLine Of(AuditRecord record, string correlationId) => new()
    {
        Chain = "",
        Seq = 0,
        At = 0,
        Action = AuditCode.Of(record.Action),
        Outcome = AuditCode.Of(record.Outcome),
        Code = record.Code,
        Rule = record.Rule,
        ActorRole = record.Actor.Role,
        ActorId = record.Actor.Id,
        ActorName = record.Actor.Name,
        Profession = record.Actor.Profession,
        Specialty = record.Actor.Specialty,
        OrganizationId = record.Actor.OrganizationId,
        OrganizationName = record.Actor.OrganizationName,
        ClientId = record.Actor.ClientId,
        Authentication = record.Actor.Authentication,
        StructureCertificate = record.Actor.StructureCertificate,
        Representative = record.Actor.Representative,
        Patient = record.Patient?.ToWire(),
        Purpose = record.Purpose,
        Ticket = record.Ticket,
        Mode = record.Mode,
        Reason = record.Reason,
        Sources = AuditSources.Text(record.Sources),
        Detail = record.Detail,
        CorrelationId = record.CorrelationId ?? correlationId,
        EntryCount = record.Entries.Count,
        EntryIds = record.Entries.Ids,
        EntryDigest = record.Entries.Digest,
        Confidential = record.Confidential,
        Previous = [],
        Hash = [],
    };

    /// <summary>Prints nobody.</summary>
    public override string ToString() => $"AuditLine({Chain}:{Seq})";
}

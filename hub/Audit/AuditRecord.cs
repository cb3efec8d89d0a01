using DmpFederation.Hub.Identity;

namespace DmpFederation.Hub.Audit;

/// <summary>One thing that was done, to become one line. Immutable. Never clinical text; what a professional wrote as reason stands in its own field.</summary>
internal sealed record AuditRecord
{
    public required AuditAction Action { get; init; }

    public required AuditActor Actor { get; init; }

    public AuditOutcome Outcome { get; init; }

    /// <summary>Code of a refusal or fault (contract §5); null when it was served.</summary>
    public string? Code { get; init; }

    /// <summary>The rule that decided; null when none did.</summary>
    public string? Rule { get; init; }

    /// <summary>Whom about; null when it is about no patient.</summary>
    public Ins? Patient { get; init; }

    /// <summary>Code of the purpose (<c>TREATMENT</c>); null when there is none.</summary>
    public string? Purpose { get; init; }

    /// <summary>Id of the break-glass ticket; null for a normal access.</summary>
    public string? Ticket { get; init; }

    /// <summary>Its mode (<c>BRIS_DE_GLACE</c>, <c>CENTRE_15</c>); null for a normal access.</summary>
    public string? Mode { get; init; }

    /// <summary>What the professional wrote when breaking glass; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>Every source and what became of it. Empty when none was planned for.</summary>
    public IReadOnlyList<AuditedSource> Sources { get; init; } = [];

    /// <summary>The facts that were disclosed.</summary>
    public AuditedEntries Entries { get; init; } = AuditedEntries.None;

    /// <summary>Short and coded (<c>MASQUE_PS;ENTRY</c>); null when there is nothing to add.</summary>
    public string? Detail { get; init; }

    /// <summary>True for a connexion secrète: the line is not shown to legal representatives.</summary>
    public bool Confidential { get; init; }

    /// <summary>Ties the line to the answer; null takes the one of the request that runs.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The record with how it ended: as it is, or refused.</summary>
    /// <param name="code">Code of the refusal; null when it was served.</param>
    /// <param name="rule">The rule that refused; null when none did.</param>
    public AuditRecord EndedAs(string? code, string? rule) =>
        code is null ? this : this with { Outcome = AuditOutcome.Refused, Code = code, Rule = rule };

    /// <summary>Prints nobody.</summary>
    public override string ToString() => $"AuditRecord({Action}, {Outcome})";
}

/// <summary>A source of a line.</summary>
/// <param name="SourceId">The source.</param>
/// <param name="Status">Code of what became of it.</param>
/// <param name="Reason">Code of why; null when it simply answered.</param>
internal sealed record AuditedSource(string SourceId, string Status, string? Reason);

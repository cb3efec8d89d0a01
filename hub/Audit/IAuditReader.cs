using DmpFederation.Hub.Audit.Chain;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Audit;

/// <summary>Lines newest first.</summary>
internal sealed record AuditPage(IReadOnlyList<AuditLine> Lines, bool HasNext);

/// <summary>Who reads a log of accesses: a line that would tell what is hidden from them is as if there were none.</summary>
internal enum LogReader
{
    /// <summary>The data protection officer: every line.</summary>
    Officer,

    /// <summary>The patient: nothing of what waits for its consultation d'annonce.</summary>
    Patient,

    /// <summary>A legal representative: besides, nothing of what a minor hides, and no connexion secrète.</summary>
    Representative,
}

/// <summary>
/// Looks at what was written. Every member throws <see cref="AuditUnavailableException"/> when the store cannot be used.
/// </summary>
internal interface IAuditReader
{
    /// <summary>A page of the lines about one person.</summary>
    /// <param name="patient">Every identifier of the person.</param>
    /// <param name="reader">Who reads them.</param>
    /// <param name="first">Most lines.</param>
    /// <param name="after">Last line of the page before; null from the newest.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<AuditPage> PageAsync(
        IReadOnlyList<PatientKey> patient, LogReader reader, int first, AuditPosition? after, CancellationToken cancellationToken);

    /// <summary>Lines in the order they were written in, for an export.</summary>
    /// <param name="from">Earliest moment; null for no bound.</param>
    /// <param name="to">First moment beyond; null for no bound.</param>
    /// <param name="patient">Every identifier of the person; null for lines about anybody.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    IAsyncEnumerable<AuditLine> LinesAsync(
        DateTimeOffset? from, DateTimeOffset? to, IReadOnlyList<PatientKey>? patient, CancellationToken cancellationToken);

    /// <summary>Checks every chain.</summary>
    /// <param name="anchors">Lines remembered outside the database; empty for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<ChainReport> VerifyAsync(IReadOnlyList<ChainAnchor> anchors, CancellationToken cancellationToken);

    /// <summary>Removes the lines written before a moment, whole beginnings of chains alone; says how many of which chain.</summary>
    Task<IReadOnlyDictionary<string, long>> RemoveAsync(DateTimeOffset before, CancellationToken cancellationToken);
}

/// <summary>Place of a line in a list of one person's lines.</summary>
internal readonly record struct AuditPosition(long At, long Id);

using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors;

/// <summary>One guarded write of one fact to one source.</summary>
internal interface ISourceWriter
{
    /// <summary>
    /// Writes a fact and never fails: whatever happens becomes an outcome. Throws only <see cref="OperationCanceledException"/>, when
    /// <paramref name="cancellationToken"/> is cancelled; the write may have happened then.
    /// </summary>
    /// <param name="source">A source of the current snapshot.</param>
    /// <param name="entry">
    /// The fact, filed under a key of <see cref="Source.PatientKeySystems"/>. Its <see cref="DossierEntry.LocalId"/> is the hub's and becomes a
    /// business identifier at the source.
    /// </param>
    /// <param name="idempotencyKey">
    /// Stable key of this write: the same key with the same bytes again writes nothing more and gives the same local id.
    /// </param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the outcome any more.</param>
    Task<WriteOutcome> WriteAsync(Source source, DossierEntry entry, string idempotencyKey, CancellationToken cancellationToken);
}

/// <summary>What became of a write.</summary>
/// <param name="LocalId">Local id at the source; null when it is not known to be written.</param>
/// <param name="Code">Stable upper-case code of what hindered it; null when it was written.</param>
/// <param name="IsFinal">
/// True when written, and when asking again cannot help: the source refused it. False when the source was away, shut or slow, and when it is
/// not known whether it wrote: ask again with the same key.
/// </param>
internal sealed record WriteOutcome(string? LocalId, string? Code, bool IsFinal)
{
    /// <summary>True when the source holds the fact.</summary>
    public bool IsWritten => LocalId is not null;
}

using DmpFederation.Hub.Audit.Chain;

namespace DmpFederation.Hub.Audit.Store;

/// <summary>
/// What appending to one chain asks of an engine, prepared on one open connection. One caller at a time. After a fault, all that is left to do is
/// <see cref="IDisposable.Dispose"/>, which leaves nothing of an unfinished transaction. Faults are the engine's own.
/// </summary>
internal interface IChainStatements : IDisposable
{
    /// <summary>Writes down where a chain begins, unless it has a head already.</summary>
    void Found(ChainHead head);

    /// <summary>Begins a transaction and reads the head, which nobody else can move until it ends.</summary>
    /// <exception cref="InvalidOperationException">The chain has no head.</exception>
    (long Seq, byte[] Hash) Begin();

    /// <summary>Adds lines, moves the head, and returns when all of it is durable.</summary>
    /// <exception cref="InvalidOperationException">The chain has no head.</exception>
    void Commit(IReadOnlyList<AuditLine> lines, long seq, byte[] hash, byte[] seal);
}

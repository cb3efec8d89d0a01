namespace DmpFederation.Hub.Audit;

/// <summary>Nothing can be written down, so nothing may be served. The message is made of the code alone.</summary>
/// <param name="code">A code of the store (<c>DISK_FULL</c>, <c>READ_ONLY</c>, …), or <c>QUEUE_FULL</c>, <c>KEY</c>, <c>STOPPED</c>.</param>
internal sealed class AuditUnavailableException(string code) : Exception($"The audit cannot be written: {code}.")
{
    public string Code { get; } = code;
}

/// <summary>The append-only trail of this node.</summary>
internal interface IAuditTrail
{
    /// <summary>
    /// Says that a request is under way that will leave lines: those of others may wait for them, an instant, to share one commit.
    /// <see cref="Came"/> ends it, once each.
    /// </summary>
    void Expect();

    /// <summary>What was expected is about to be appended, or will not come.</summary>
    void Came();

    /// <summary>
    /// Returns when the lines are durable. They are written also when the caller has left meanwhile. All of one call or none.
    /// </summary>
    /// <exception cref="AuditUnavailableException">They could not be written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; the lines are being written all the same.</exception>
    Task AppendAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken);

    /// <summary>Tries whether lines can be written, durably, without adding one.</summary>
    /// <exception cref="AuditUnavailableException">They cannot.</exception>
    Task ProbeAsync(CancellationToken cancellationToken);
}

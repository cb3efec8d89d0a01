namespace DmpFederation.Hub.Federation;

/// <summary>What became of one source in one answer (contract §4).</summary>
internal enum SourceStatus
{
    Answered,
    Partial,
    UnknownPatient,
    NotAsked,
    NotAllowed,
    TimedOut,
    CircuitOpen,
    Failed,
    Quarantined,
}

/// <summary>Which store served a fact.</summary>
internal enum Store
{
    Legacy,
    National,
}

/// <summary>One source's part in an answer: absence is never ambiguous.</summary>
/// <param name="SourceId">The source.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Reason">Stable upper-case code that says why; null when it simply answered. Never patient data.</param>
/// <param name="EntryCount">Facts of this source shown to this asker.</param>
/// <param name="Elapsed">From the first contact to its end or to the deadline; zero when not contacted.</param>
/// <param name="AsOf">State of the source the answer shows, when older than now.</param>
/// <param name="ServedBy">Which store answered for the source.</param>
internal sealed record SourceAnswer(
    string SourceId, SourceStatus Status, string? Reason, int EntryCount, TimeSpan Elapsed, DateTimeOffset? AsOf, Store ServedBy)
{
    /// <summary>True unless the source holds, or may hold, data that are missing from the answer.</summary>
    public bool IsComplete { get; init; }
}

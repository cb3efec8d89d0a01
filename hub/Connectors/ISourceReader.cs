using System.Collections.ObjectModel;
using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors;

/// <summary>
/// One guarded call to one source. The guards (policy gate, circuit, concurrency limit, deadline, budgets, wrong-patient guard, metrics) are
/// decorators of this interface in the order of design §3.
/// </summary>
internal interface ISourceReader
{
    /// <summary>
    /// Reads a source and never fails: whatever happens becomes an outcome, with what had arrived. Throws only
    /// <see cref="OperationCanceledException"/>, when <paramref name="cancellationToken"/> (the caller is gone) is cancelled.
    /// </summary>
    /// <param name="source">A source of the current snapshot.</param>
    /// <param name="request">What to ask.</param>
    /// <param name="deadline">Time left of the global deadline; the source's own budget holds beside it.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the answer any more.</param>
    Task<SourceOutcome> ReadAsync(Source source, ReadRequest request, TimeSpan deadline, CancellationToken cancellationToken);
}

/// <summary>What one call to one source gave.</summary>
internal sealed record SourceOutcome
{
    public required Source Source { get; init; }

    /// <summary>
    /// <see cref="SourceStatus.Answered"/> when it ended well; <see cref="SourceStatus.Partial"/> when part arrived (reason: <c>DEADLINE</c>, a gap's or fault's code);
    /// <see cref="SourceStatus.TimedOut"/>, <see cref="SourceStatus.Failed"/> when nothing did. Unknown patients are listed in <see cref="UnknownPatients"/>.
    /// </summary>
    public required SourceStatus Status { get; init; }

    /// <summary>Stable upper-case code; null when answered.</summary>
    public string? Reason { get; init; }

    /// <summary>Entries of the patients asked for, each filed under one of the keys of the request.</summary>
    public IReadOnlyList<DossierEntry> Entries { get; init; } = [];

    /// <summary>Items the source holds but nobody could read.</summary>
    public IReadOnlyList<Unreadable> Unreadable { get; init; } = [];

    /// <summary>
    /// Gaps of named patients, when they are the only reason why it is <see cref="SourceStatus.Partial"/>: then it is whole for the other
    /// patients of the request. Empty when a gap, fault or limit concerns every patient.
    /// </summary>
    public IReadOnlyList<ReadGap> Gaps { get; init; } = [];

    /// <summary>
    /// Code of the gap of every patient that the source stated in an answer that otherwise ended well; null when there is none, or when something
    /// broke. It tells what a source never gives from what only did not come this time.
    /// </summary>
    public string? Gap { get; init; }

    /// <summary>Whom the source says it files the patients' facts under, as often as it said so.</summary>
    public IReadOnlyList<PatientFound> Found { get; init; } = [];

    /// <summary>Keys of the request the source does not know.</summary>
    public IReadOnlyList<PatientKey> UnknownPatients { get; init; } = [];

    /// <summary>What the national store gave in the source's place, by patient; a patient of whom it gave nothing is left out.</summary>
    public IReadOnlyDictionary<PatientKey, NationalShare> Nationally { get; init; } = NoShares;

    public TimeSpan Elapsed { get; init; }

    /// <summary>State of the source the answer shows, when it said so.</summary>
    public DateTimeOffset? AsOf { get; init; }

    private static IReadOnlyDictionary<PatientKey, NationalShare> NoShares { get; } = ReadOnlyDictionary<PatientKey, NationalShare>.Empty;

    /// <summary>What the national store gave of one patient.</summary>
    public NationalShare ShareOf(PatientKey key) => Nationally.Count == 0 ? default : Nationally.GetValueOrDefault(key);
}

/// <summary>The sources as configured now. Snapshots are immutable and swapped atomically.</summary>
internal interface ISourceRegistry
{
    RegistrySnapshot Current { get; }
}

/// <summary>One consistent set of sources, ordered by id.</summary>
/// <param name="Version">Grows by one with each swap.</param>
/// <param name="Sources">Every configured source, working or not.</param>
internal sealed record RegistrySnapshot(int Version, IReadOnlyList<Source> Sources)
{
    /// <summary>What is wrong with <c>plugins.json</c> or plug-in folders and no single source can show. Empty when all is well.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Ids of a region's sources; null (every source) when none is named. A source that is configured no more is of no region.</summary>
    public IReadOnlyList<string>? IdsOf(string? region) =>
        region is null ? null : [.. Sources.Where(source => source.Region == region).Select(static source => source.Id)];

    public Source? Find(string id) => Sources.FirstOrDefault(source => source.Id == id);
}

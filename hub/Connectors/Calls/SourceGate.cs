using DmpFederation.Hub.Federation;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>Admits calls to sources that are open, and answers for those that are shut without contacting them.</summary>
internal sealed class SourceGate(ISourceRegistry registry)
{
    /// <summary>
    /// The source to call, with a lease on its connection that the caller gives back; or null and why not. A source that was replaced since the
    /// caller took its snapshot is called in its present form: a swap drops no request.
    /// </summary>
    public (Source? Admitted, SourceStatus Status, string? Reason) Enter(Source source)
    {
        for (var candidate = source; ;)
        {
            if (Refusal(candidate) is { } refusal)
                return (null, refusal.Status, refusal.Reason);
            if (candidate.Connection!.TryEnter())
                return (candidate, default, null);
            var present = registry.Current.Find(source.Id);
            if (present is null || ReferenceEquals(present, candidate))
                return (null, SourceStatus.NotAsked, CallReasons.Closed);
            candidate = present;
        }
    }

    private static (SourceStatus Status, string Reason)? Refusal(Source source) => source.State switch
    {
        SourceState.Disabled => (SourceStatus.NotAsked, "DISABLED"),
        SourceState.Misconfigured => (SourceStatus.Failed, "MISCONFIGURED"),
        SourceState.NotSupported => (SourceStatus.Failed, "NOT_SUPPORTED"),
        SourceState.Malfunctioned => (SourceStatus.Failed, "MALFUNCTIONED"),
        SourceState.Quarantined => (SourceStatus.Quarantined, CallReasons.WrongPatient),
        SourceState.Starting or SourceState.Active or SourceState.Unreachable =>
            source.Connection is null ? (SourceStatus.Failed, CallReasons.Closed) : null,
        _ => throw new ArgumentOutOfRangeException(nameof(source), source.State, null),
    };
}

using DmpFederation.Hub.Connectors;

namespace DmpFederation.Hub.Migration.Runner;

/// <summary>How long to wait after a failure: twice as long each time, from the first to the longest pause. Used by one task at a time.</summary>
internal sealed class PauseLength(MigrationOptions options)
{
    private int failures;

    public TimeSpan Next() => DoublingWait.Of(options.FirstPause, options.LongestPause, failures++);

    /// <summary>It went well: the next failure is a first one.</summary>
    public void Reset() => failures = 0;
}

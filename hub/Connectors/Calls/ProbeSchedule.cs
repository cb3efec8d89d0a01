namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>When a source is probed next: at once after opening, soon after a failed call. Thread-safe.</summary>
internal sealed class ProbeSchedule
{
    private readonly Lock gate = new();
    private DateTimeOffset due = DateTimeOffset.MinValue;
    private bool running;

    /// <summary>True when a probe must start now; it then counts as running until <see cref="Finish"/>.</summary>
    public bool TryStart(DateTimeOffset now)
    {
        lock (gate)
        {
            if (running || now < due)
                return false;
            return running = true;
        }
    }

    public void Finish(DateTimeOffset next)
    {
        lock (gate)
        {
            running = false;
            due = next;
        }
    }

    /// <summary>Brings the next probe forward to <paramref name="when"/>.</summary>
    public void NoLaterThan(DateTimeOffset when)
    {
        lock (gate)
        {
            if (when < due)
                due = when;
        }
    }
}

namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary>What one read gave.</summary>
/// <param name="Items">Items in order, up to where it ended.</param>
/// <param name="Fault">What the connector threw; null when nothing.</param>
/// <param name="Problem">Another way it went wrong: it never ended, gave no stream or a null. Null when none.</param>
/// <param name="TooMuch">It was cut off because it grew beyond the budget.</param>
internal sealed record ReadEnd(IReadOnlyList<ReadItem> Items, FaultReport? Fault, string? Problem, bool TooMuch)
{
    public TimeSpan Elapsed { get; init; }

    public bool Good => Fault is null && Problem is null && !TooMuch;

    public IEnumerable<DossierEntry> Entries => Items.OfType<DossierEntry>();

    /// <summary>What kept it from ending well, or null.</summary>
    public string? Trouble => Problem ?? (Fault is null ? TooMuch ? "it went on beyond the budget" : null : $"ReadAsync threw {Fault}");
}

/// <summary>Reads a stream of the plug-in up to the hub's budget, keeping SDK types only.</summary>
internal sealed class BoundedReader(Bench bench)
{
    public const int MostItems = 20_000;

    private readonly Lock gate = new();
    private readonly List<ReadItem> items = [];
    private long bytes;

    public bool TooMuch { get; private set; }

    public string? Problem { get; private set; }

    /// <summary>What came so far: a reader that was given up may still go on.</summary>
    public IReadOnlyList<ReadItem> Items
    {
        get
        {
            lock (gate)
                return [.. items];
        }
    }

    public async Task<bool> ReadAsync(IAsyncEnumerable<ReadItem> stream, CancellationToken cancellationToken)
    {
        if (stream is null)
        {
            Problem = "it returned no stream";
            return false;
        }
        await foreach (var item in stream.WithCancellation(cancellationToken))
        {
            if (!Add(item))
                return false;
        }
        return true;
    }

    private bool Add(ReadItem? item)
    {
        if (item is null)
        {
            Problem = "it yielded null";
            return false;
        }
        if (item is Unreadable unread)
        {
            bench.Watch(unread.Code, "the code of an Unreadable");
            bench.Watch(unread.Reason, "the reason of an Unreadable");
        }
        else if (item is ReadGap gap)
        {
            bench.Watch(gap.Code, "the code of a ReadGap");
        }
        lock (gate)
        {
            bytes += item switch { DossierEntry entry => entry.Resource.Length, Unreadable raw => raw.Raw.Length, _ => 0 };
            TooMuch = items.Count == MostItems || bytes > Bench.MostBytes;
            if (!TooMuch)
                items.Add(item);
            return !TooMuch;
        }
    }
}

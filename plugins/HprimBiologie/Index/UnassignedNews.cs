namespace DmpFederation.Plugins.HprimBiologie.Index;

/// <summary>
/// Which parts that may be about anybody are told with an answer, so that the hub can keep them: a few at a time and not with every answer, for
/// they may be many and large; each again and again, for a hub may have been unable to keep it. Thread-safe.
/// </summary>
internal sealed class UnassignedNews(TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private long? told;
    private long last;

    public IReadOnlyList<UnassignedPart> Due(IndexReader index)
    {
        lock (gate)
        {
            if (told is { } before && clock.GetElapsedTime(before) < Pause)
                return [];
            told = clock.GetTimestamp();
            var parts = index.Anybodys(last);
            if (parts.Count == 0 && last > 0)
                parts = index.Anybodys(0);
            last = parts.Count > 0 ? parts[^1].Sequence : 0;
            return parts;
        }
    }
}

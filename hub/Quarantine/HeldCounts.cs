namespace DmpFederation.Hub.Quarantine;

/// <summary>Items held per source, looked up at most once a second: a list of sources asks for each of them.</summary>
internal sealed class HeldCounts(IQuarantineStore store, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private Task<IReadOnlyDictionary<string, int>>? counts;
    private long asked;

    /// <exception cref="QuarantineUnavailableException">The store cannot be used: how many it holds is not known.</exception>
    public async Task<int> OfAsync(string sourceId, CancellationToken cancellationToken)
    {
        Task<IReadOnlyDictionary<string, int>> current;
        lock (gate)
        {
            if (counts is null or { IsCompleted: true, IsCompletedSuccessfully: false } || clock.GetElapsedTime(asked) > Fresh)
            {
                asked = clock.GetTimestamp();
                counts = store.HeldAsync(CancellationToken.None);
            }
            current = counts;
        }
        return (await current.WaitAsync(cancellationToken)).GetValueOrDefault(sourceId);
    }
}

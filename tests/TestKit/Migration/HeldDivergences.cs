using DmpFederation.Hub.Migration.Diverging;
using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.TestKit.Migration;

/// <summary>Divergences as a test says.</summary>
internal sealed class HeldDivergences : IDivergenceStore
{
    public List<Divergence> Open { get; } = [];

    public Task<IReadOnlyList<Divergence>> OpenAsync(string sourceId, CancellationToken cancellationToken)
    {
        lock (Open)
            return Task.FromResult<IReadOnlyList<Divergence>>([.. Open.Where(one => one.Slice.SourceId == sourceId)]);
    }

    public Task<bool> SettleAsync(string sourceId, long id, StepNote note, CancellationToken cancellationToken)
    {
        lock (Open)
            return Task.FromResult(Open.RemoveAll(one => one.Id == id && one.Slice.SourceId == sourceId) > 0);
    }
}

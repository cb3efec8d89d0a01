using System.Collections.Concurrent;
using DmpFederation.Hub.Identity.Links;

namespace DmpFederation.TestKit;

/// <summary>Remembers what was handed to the identity steward. The queue itself is tested over the real store.</summary>
internal sealed class RecordingIdentityWork : IIdentityWork
{
    public ConcurrentQueue<IdentityWorkItem> Items { get; } = [];

    public void Seen(IReadOnlyList<IdentityWorkItem> items)
    {
        foreach (var item in items)
            Items.Enqueue(item);
    }

    public Task<IReadOnlyList<IdentityWorkItem>> ListAsync(
        IReadOnlyList<string>? sources, IdentityWorkState? state, int first, long? after, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A test of the queue uses the real store.");

    public Task<IdentityWorkItem?> SettleAsync(
        long id, IReadOnlyList<string>? sources, IdentityWorkState state, string comment, string by, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A test of the queue uses the real store.");
}

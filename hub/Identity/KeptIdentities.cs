using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Identity;

/// <summary>
/// Keeps answers of the téléservice for a few minutes, a bounded number of them, and lets one question go out for any number of askers at
/// the same time. The question has its own deadline and goes on when an asker leaves, since others may wait for it.
/// </summary>
internal sealed class KeptIdentities(ICertifiedIdentities teleservice, IOptions<IdentityOptions> options, TimeProvider clock) : ICertifiedIdentities
{
    private readonly Lock gate = new();
    private readonly Dictionary<Ins, LinkedListNode<Kept>> byIns = [];
    private readonly LinkedList<Kept> oldestFirst = [];

    public Task<CertifiedIdentity> FindAsync(Ins ins, CancellationToken cancellationToken)
    {
        var answer = Keep(ins).Answer;
        return answer.IsCompletedSuccessfully ? answer : answer.WaitAsync(cancellationToken);
    }

    private Kept Keep(Ins ins)
    {
        lock (gate)
        {
            if (byIns.TryGetValue(ins, out var node))
            {
                if (!node.Value.IsStale(clock))
                    return node.Value;
                Forget(node);
            }
            while (byIns.Count >= options.Value.KeepAtMost)
                Forget(oldestFirst.First!);
            var kept = new Kept(ins, AskAsync);
            byIns[ins] = oldestFirst.AddLast(kept);
            return kept;
        }
    }

    private void Forget(LinkedListNode<Kept> node)
    {
        byIns.Remove(node.Value.Ins);
        oldestFirst.Remove(node);
    }

    private async Task<CertifiedIdentity> AskAsync(Kept kept)
    {
        var keep = TimeSpan.Zero;
        try
        {
            var answer = await teleservice.FindAsync(kept.Ins, CancellationToken.None);
            keep = answer.Finding == IdentityFinding.Unavailable ? options.Value.KeepFailures : options.Value.KeepAnswers;
            return answer;
        }
        finally
        {
            kept.EndsAt = clock.GetUtcNow() + keep;
        }
    }

    private sealed class Kept
    {
        private long endsAtTicks = long.MaxValue;

        public Kept(Ins ins, Func<Kept, Task<CertifiedIdentity>> ask)
        {
            Ins = ins;
            Answer = Task.Run(() => ask(this));
        }

        public Ins Ins { get; }

        /// <summary>Runs until the téléservice answered.</summary>
        public Task<CertifiedIdentity> Answer { get; }

        public DateTimeOffset EndsAt
        {
            set => Volatile.Write(ref endsAtTicks, value.UtcTicks);
        }

        public bool IsStale(TimeProvider clock) => clock.GetUtcNow().UtcTicks >= Volatile.Read(ref endsAtTicks);
    }
}

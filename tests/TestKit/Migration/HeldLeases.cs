using DmpFederation.Hub.Migration;
using DmpFederation.Hub.Migration.Leases;

namespace DmpFederation.TestKit.Migration;

/// <summary>Stands at the border of the rights to migration work, for nodes in one process. A test takes rights away. Thread-safe.</summary>
internal sealed class HeldLeases : IMigrationLeases
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Lease> held = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> tokens = new(StringComparer.Ordinal);

    /// <summary>Code to fail with; null while rights can be had.</summary>
    public string? Fault { get; set; }

    public Task<IMigrationLease?> TryTakeAsync(string work, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (Fault is { } code)
                return Task.FromException<IMigrationLease?>(new MigrationUnavailableException(code));
            if (held.ContainsKey(work))
                return Task.FromResult<IMigrationLease?>(null);
            return Task.FromResult<IMigrationLease?>(held[work] = new Lease(this, Next(work)));
        }
    }

    /// <summary>A right as its owner has it, for work that is called by itself.</summary>
    public Fence Take(string work)
    {
        lock (gate)
            return Next(work);
    }

    /// <summary>Takes a right away without telling its owner, as when a connection breaks unseen: whoever asks next has it.</summary>
    public void Lose(string work)
    {
        lock (gate)
        {
            held.Remove(work);
            Next(work);
        }
    }

    /// <exception cref="FencedOffException">Another owner has it.</exception>
    public void Check(Fence fence)
    {
        lock (gate)
        {
            if (tokens.GetValueOrDefault(fence.Work) != fence.Token)
                throw new FencedOffException(fence);
        }
    }

    private Fence Next(string work) => new(work, tokens[work] = tokens.GetValueOrDefault(work) + 1);

    private void Release(Lease lease)
    {
        lock (gate)
        {
            if (held.GetValueOrDefault(lease.Fence.Work) == lease)
                held.Remove(lease.Fence.Work);
        }
    }

    private sealed class Lease(HeldLeases owner, Fence fence) : IMigrationLease
    {
        public Fence Fence => fence;

        public CancellationToken Lost => CancellationToken.None;

        public ValueTask DisposeAsync()
        {
            owner.Release(this);
            return ValueTask.CompletedTask;
        }
    }
}

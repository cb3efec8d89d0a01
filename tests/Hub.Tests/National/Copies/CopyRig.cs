using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.TestKit;

namespace DmpFederation.Hub.Tests.National.Copies;

/// <summary>A node over an engine, with a migration begun and the right to write one slice.</summary>
internal sealed class CopyRig : IAsyncDisposable
{
    private readonly IMigrationLease lease;

    private CopyRig(NationalNode node, TestClock clock, IMigrationLease lease) => (Node, Clock, this.lease) = (node, clock, lease);

    public NationalNode Node { get; }

    public TestClock Clock { get; }

    public Fence Fence => lease.Fence;

    public static async Task<CopyRig> OpenAsync(NationalHost host)
    {
        var clock = new TestClock();
        var node = host.Open(clock);
        await node.Moves.BeginAsync(ACopy.Plan(), new LegacyLoad(), ACopy.Note, default);
        return new CopyRig(node, clock, (await node.Leases.TryTakeAsync($"slice/{ACopy.Slice}", default))!);
    }

    public CopyBatch Batch(params PatientCopy[] copies) => new(ACopy.Slice, copies, Fence, Clock.GetUtcNow());

    /// <summary>A minute after what was done before.</summary>
    public Task<TakenOver> TakeOverAsync(params PatientCopy[] copies)
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        return Node.Copies.TakeOverAsync(Batch(copies), default);
    }

    /// <summary>What is held of one patient in the slice's group; null when nothing is.</summary>
    public async Task<HeldCopy?> HeldAsync(int patient) =>
        (await Node.Copies.ReadAsync(ACopy.Source, [ACopy.Key(patient)], default)) is [var held] ? held.Groups.GetValueOrDefault(ACopy.Slice.Group) : null;

    public async Task<SliceRecord> SliceAsync() =>
        (await Node.Moves.FindAsync(ACopy.Source, default))!.Slices.Single(static slice => slice.Id == ACopy.Slice);

    public ValueTask DisposeAsync() => lease.DisposeAsync();
}

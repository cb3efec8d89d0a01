using DmpFederation.Hub.Migration;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.Migration.Slices;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.National.Copies;

public sealed class SqliteCopyTransactionTests() : CopyTransactionTests(new SqliteNationalHost());

public sealed class PostgreSqlCopyTransactionTests() : CopyTransactionTests(new PostgreSqlNationalHost());

/// <summary>A batch is taken over wholly or not at all, whoever sends it, and by whoever has the right to.</summary>
public abstract class CopyTransactionTests(NationalHost host) : IAsyncLifetime
{
    private CopyRig rig = null!;

    public async Task InitializeAsync() => rig = await CopyRig.OpenAsync(host);

    public async Task DisposeAsync()
    {
        await rig.DisposeAsync();
        await host.DisposeAsync();
    }

    [SkippableFact]
    public async Task A_batch_that_fails_at_its_last_step_leaves_nothing()
    {
        await rig.TakeOverAsync(ACopy.Of(1, ACopy.Result(1, "a"), ACopy.Result(1, "b")));
        var before = await StateAsync();
        // The counters of a slice are the last thing a batch writes.
        await host.ExecuteAsync("ALTER TABLE migration_slice RENAME COLUMN checkpoint TO checkpoint_away");

        var take = () => rig.TakeOverAsync(
            ACopy.Of(1, ACopy.Result(1, "a", 9m)) with { Gaps = ["PAGE_FAILED"] }, ACopy.Of(2, ACopy.Result(2, "a"), ACopy.Document(2, "d")));
        (await take.Should().ThrowAsync<MigrationUnavailableException>()).Which.Code.Should().Be("SCHEMA");

        await host.ExecuteAsync("ALTER TABLE migration_slice RENAME COLUMN checkpoint_away TO checkpoint");
        await AgainAsync(async () => (await StateAsync()).Should().Be(before));
        (await take()).Should().Be(new TakenOver(Patients: 1, Added: 2, Changed: 1, Withdrawn: 1, Unchanged: 0, Refused: 0));
    }

    [SkippableFact]
    public async Task A_batch_whose_caller_gives_up_before_it_began_leaves_nothing()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        var take = () => rig.Node.Copies.TakeOverAsync(rig.Batch(ACopy.Of(1, ACopy.Result(1, "a"))), stop.Token);
        await take.Should().ThrowAsync<OperationCanceledException>();

        (await rig.HeldAsync(1)).Should().BeNull();
    }

    [SkippableFact]
    public async Task A_batch_that_is_given_up_at_any_moment_is_there_wholly_or_not_at_all()
    {
        for (var patient = 1; patient <= 25; patient++)
        {
            using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(patient));
            var copy = ACopy.Of(patient, [.. Enumerable.Range(0, 40).Select(at => ACopy.Result(patient, $"f{at}"))]);
            var copied = (await rig.SliceAsync()).Copied;
            var ended = true;
            try
            {
                await rig.Node.Copies.TakeOverAsync(rig.Batch(copy), stop.Token);
            }
            catch (OperationCanceledException)
            {
                ended = false;
            }
            var held = await rig.HeldAsync(patient);
            (held?.Copy.Entries.Count ?? 0).Should().Be(ended ? 40 : 0);
            ((await rig.SliceAsync()).Copied - copied).Should().Be(ended ? 1 : 0);
        }
    }

    [SkippableFact]
    public async Task Whoever_lost_the_right_is_refused_however_late_the_batch_comes()
    {
        var late = rig.Batch(ACopy.Of(1, ACopy.Result(1, "a"))) with { Checkpoint = "p1" };
        await rig.DisposeAsync();
        await using var next = (await rig.Node.Leases.TryTakeAsync(rig.Fence.Work, default))!;
        next.Fence.Token.Should().BeGreaterThan(rig.Fence.Token);

        var take = () => rig.Node.Copies.TakeOverAsync(late, default);
        await take.Should().ThrowAsync<FencedOffException>();
        var confirm = () => rig.Node.Copies.ConfirmAsync(ACopy.Slice, [ACopy.Key(1)], rig.Clock.GetUtcNow(), late.Fence, default);
        await confirm.Should().ThrowAsync<FencedOffException>();
        var counted = () => rig.Node.Moves.CountedAsync(ACopy.Slice, 5, true, late.Fence, default);
        await counted.Should().ThrowAsync<FencedOffException>();

        (await rig.HeldAsync(1)).Should().BeNull();
        (await rig.SliceAsync()).Should().BeEquivalentTo(new { Copied = 0L, Total = 0L, Checkpoint = (string?)null });
        (await rig.Node.Copies.TakeOverAsync(late with { Fence = next.Fence }, default)).Added.Should().Be(1);
    }

    [SkippableFact]
    public async Task Batches_of_one_slice_that_come_at_once_are_all_taken_over_once()
    {
        var other = host.Open(rig.Clock);
        var batches = Enumerable.Range(0, 24).Select(at => rig.Batch(
            [.. Enumerable.Range(at / 2 * 5, 5).Select(static patient => ACopy.Of(patient + 1, ACopy.Result(patient + 1, "a"), ACopy.Result(patient + 1, "b")))])).ToList();

        // Every batch is sent twice, by two nodes.
        var taken = await Task.WhenAll(batches.Select(
            (batch, at) => Task.Run(() => (at % 2 == 0 ? rig.Node : other).Copies.TakeOverAsync(batch, default))));

        taken.Sum(static one => one.Patients).Should().Be(60);
        taken.Sum(static one => one.Added).Should().Be(120);
        taken.Sum(static one => one.Unchanged).Should().Be(120);
        taken.Should().OnlyContain(static one => one.Changed == 0 && one.Withdrawn == 0);
        (await rig.Node.Copies.CountAsync(ACopy.Slice, default)).Should().Be(new SliceCounts(60, 120, 0, 0, 0, 120));
        (await rig.SliceAsync()).Copied.Should().Be(60);
    }

    [SkippableFact]
    public async Task A_patient_held_in_one_wave_is_not_taken_over_into_another()
    {
        await rig.TakeOverAsync(ACopy.Of(1, ACopy.Result(1, "a")));

        var take = () => rig.Node.Copies.TakeOverAsync(
            rig.Batch(ACopy.Of(1)) with { Slice = ACopy.Slice with { Wave = "tenth" } }, default);
        (await take.Should().ThrowAsync<MigrationConflictException>()).Which.Rule.Should().Be("OTHER_WAVE");
    }

    [SkippableFact]
    public async Task A_slice_of_no_plan_takes_nothing_over()
    {
        var take = () => rig.Node.Copies.TakeOverAsync(rig.Batch(ACopy.Of(1)) with { Slice = ACopy.Slice with { Group = "none" } }, default);

        (await take.Should().ThrowAsync<MigrationConflictException>()).Which.Rule.Should().Be("SLICE_UNKNOWN");
    }

    [SkippableFact]
    public async Task A_batch_that_says_a_patient_or_a_fact_twice_is_a_mistake_of_its_maker()
    {
        var patient = () => rig.TakeOverAsync(ACopy.Of(1), ACopy.Of(1));
        await patient.Should().ThrowAsync<ArgumentException>();
        var fact = () => rig.TakeOverAsync(ACopy.Of(1, ACopy.Result(1, "a"), ACopy.Result(1, "a", 8m)));
        await fact.Should().ThrowAsync<ArgumentException>();
    }

    private async Task<(string?, SliceCounts, SliceRecord)> StateAsync() =>
        (await rig.HeldAsync(1) is { } held ? Printed.Of(held.Copy) : null, await rig.Node.Copies.CountAsync(ACopy.Slice, default), await rig.SliceAsync());

    /// <summary>Tries until the database was looked at anew.</summary>
    private async Task AgainAsync(Func<Task> use)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                await use();
                return;
            }
            catch (MigrationUnavailableException) when (!patience.IsCancellationRequested)
            {
                rig.Clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }
        }
    }
}

using DmpFederation.Hub.Quarantine;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Quarantine;

public sealed class QuarantineStoreTests : IDisposable
{
    private QuarantineRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public async Task The_same_item_is_counted_and_kept_once_within_a_commit_and_over_commits()
    {
        var first = await rig.KeepAsync(rig.Seen(QuarantineRig.Note()), rig.Seen(QuarantineRig.Note(), minutes: 1));
        var second = await rig.KeepAsync(rig.Seen(QuarantineRig.Note(code: "STILL_NOT"), minutes: 2));

        first.Should().Equal(new KeptCount("north", 1, 1, 0));
        second.Should().Equal(new KeptCount("north", 0, 1, 0));
        var item = (await rig.ItemsAsync()).Should().ContainSingle().Subject;
        (item.TimesSeen, item.FirstSeen, item.LastSeen, item.Code).Should()
            .Be((3, QuarantineRig.Morning, QuarantineRig.Morning.AddMinutes(2), "STILL_NOT"));
    }

    [Fact]
    public async Task Another_source_patient_place_or_content_is_another_item()
    {
        await rig.KeepAsync(
            rig.Seen(QuarantineRig.Note()),
            rig.Seen(QuarantineRig.Note(), "south"),
            rig.Seen(QuarantineRig.Note("other")),
            rig.Seen(QuarantineRig.Note(localId: "note-2")),
            rig.Seen(QuarantineRig.Note(localId: null, position: "note-1")),
            rig.Seen(new() { Code = "NOT_NOTED", Reason = "", LocalId = "note-1", Raw = "note"u8.ToArray() }));

        (await rig.ItemsAsync()).Should().HaveCount(6);
    }

    [Fact]
    public async Task An_item_with_a_local_id_is_the_same_wherever_on_the_page_it_stands()
    {
        await rig.KeepAsync(rig.Seen(QuarantineRig.Note(position: "entry[3]")), rig.Seen(QuarantineRig.Note(position: "entry[4]"), minutes: 1));

        (await rig.ItemsAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task A_source_that_floods_is_bounded_visibly_and_takes_the_room_of_no_other()
    {
        Use(options => options.MaxItemsPerSource = 3);

        var flood = await rig.KeepAsync(Enumerable.Range(0, 200).Select(at => rig.Seen(QuarantineRig.Note(localId: $"note-{at}"))));
        var other = await rig.KeepAsync(rig.Seen(QuarantineRig.Note(), "south"));

        flood.Should().Equal(new KeptCount("north", 3, 0, 197));
        other.Should().Equal(new KeptCount("south", 1, 0, 0));
        (await rig.Store.ListAsync(new QuarantineFilter(["north"]), 10, null, default)).BeyondQuota.Should().Be(197);
        (await rig.Store.ListAsync(new QuarantineFilter(["south"]), 10, null, default)).BeyondQuota.Should().Be(0);
        (await rig.Store.HeldAsync(default)).Should().Equal(new Dictionary<string, int> { ["north"] = 3, ["south"] = 1 });
    }

    [Fact]
    public async Task Bytes_count_too_and_a_settled_item_makes_room()
    {
        Use(options => options.MaxBytesPerSource = 1_024);

        (await rig.KeepAsync(rig.Seen(QuarantineRig.Note(new string('a', 1_000))))).Single().New.Should().Be(1);
        (await rig.KeepAsync(rig.Seen(QuarantineRig.Note(new string('b', 1_000))))).Single().BeyondQuota.Should().Be(1);
        await DiscardAsync();

        (await rig.KeepAsync(rig.Seen(QuarantineRig.Note(new string('b', 1_000))))).Single().New.Should().Be(1);
    }

    [Fact]
    public async Task An_item_larger_than_the_bound_keeps_its_beginning_its_length_and_the_hash_of_the_whole()
    {
        Use(options => options.MaxItemBytes = 1_024);
        var whole = new string('a', 5_000);

        await rig.KeepAsync(rig.Seen(QuarantineRig.Note(whole)));

        var item = (await rig.ItemsAsync()).Single();
        (item.Length, item.StoredLength).Should().Be((5_000, 1_024));
        item.Sha256.Should().Be(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(whole))));
        (await rig.Store.BytesAsync(item.Id, default)).Should().HaveCount(1_024);
    }

    [Fact]
    public async Task A_discarded_item_stays_discarded_when_it_is_seen_again()
    {
        await rig.KeepAsync(rig.Seen(QuarantineRig.Note()));
        await DiscardAsync();

        await rig.KeepAsync(rig.Seen(QuarantineRig.Note(), minutes: 60));

        var item = (await rig.ItemsAsync()).Single();
        (item.State, item.SettledBy, item.SettledReason, item.TimesSeen).Should().Be((QuarantineState.Discarded, "operator", "a test page", 2));
        (await rig.Store.DiscardAsync(item.Id, "operator", "again", QuarantineRig.Morning, default)).Should().BeFalse();
    }

    [Fact]
    public async Task A_replayed_item_is_held_again_only_when_it_was_met_after_the_replay()
    {
        await rig.KeepAsync(rig.Seen(QuarantineRig.Note()));
        var id = (await rig.ItemsAsync()).Single().Id;
        (await rig.Store.ReplayedAsync(id, "1.1.0", 2, "operator", QuarantineRig.Morning.AddMinutes(10), default)).Should().BeTrue();

        await rig.KeepAsync(rig.Seen(QuarantineRig.Note(), minutes: 9));
        (await rig.ItemsAsync()).Single().State.Should().Be(QuarantineState.Replayed, "that read began with the build before");
        await rig.KeepAsync(rig.Seen(QuarantineRig.Note(), minutes: 11));

        var item = (await rig.ItemsAsync()).Single();
        (item.State, item.SettledAt, item.SettledBy, item.ReplayedEntries).Should().Be((QuarantineState.Held, null, null, null));
    }

    [Fact]
    public async Task Bytes_of_settled_items_are_erased_after_their_time_and_come_back_with_the_item()
    {
        await rig.KeepAsync(rig.Seen(QuarantineRig.Note()), rig.Seen(QuarantineRig.Note(localId: "held")));
        var id = (await rig.ItemsAsync()).Single(item => item.LocalId == "note-1").Id;
        await rig.Store.ReplayedAsync(id, "1.1.0", 2, "operator", QuarantineRig.Morning, default);

        (await rig.Store.EraseSettledAsync(QuarantineRig.Morning, default)).Should().Be(0);
        (await rig.Store.EraseSettledAsync(QuarantineRig.Morning.AddSeconds(1), default)).Should().Be(1);
        (await rig.Store.EraseSettledAsync(QuarantineRig.Morning.AddSeconds(1), default)).Should().Be(0);

        (await rig.Store.BytesAsync(id, default)).Should().BeNull();
        (await rig.Store.BytesAsync((await rig.ItemsAsync()).Single(item => item.LocalId == "held").Id, default)).Should().NotBeNull();
        await rig.KeepAsync(rig.Seen(QuarantineRig.Note(), minutes: 60));
        (await rig.Store.BytesAsync(id, default)).Should().Equal("note"u8.ToArray());
    }

    [Fact]
    public async Task Two_processes_open_and_fill_one_new_store_at_once()
    {
        var others = Enumerable.Range(0, 4).Select(_ => rig.Open()).ToList();

        await Task.WhenAll(others.Select((store, at) =>
            Task.Run(() => store.KeepAsync([rig.Seen(QuarantineRig.Note(localId: $"note-{at}"))], default))));

        (await rig.ItemsAsync()).Should().HaveCount(4);
    }

    [Fact]
    public async Task A_store_that_another_process_keeps_locked_is_busy_for_writers_and_open_for_readers()
    {
        await rig.KeepAsync(rig.Seen(QuarantineRig.Note()));
        await using (await rig.LockAsync())
        {
            var keep = () => rig.KeepAsync(rig.Seen(QuarantineRig.Note(localId: "note-2")));
            (await keep.Should().ThrowAsync<QuarantineUnavailableException>()).Which.Code.Should().Be("BUSY");
            (await rig.ItemsAsync()).Should().ContainSingle();
        }

        (await rig.KeepAsync(rig.Seen(QuarantineRig.Note(localId: "note-2")))).Single().New.Should().Be(1);
    }

    private async Task DiscardAsync()
    {
        var id = (await rig.ItemsAsync()).Single().Id;
        (await rig.Store.DiscardAsync(id, "operator", "a test page", QuarantineRig.Morning.AddMinutes(5), default)).Should().BeTrue();
    }

    private void Use(Action<QuarantineOptions> change)
    {
        rig.Dispose();
        rig = new QuarantineRig(change);
    }
}

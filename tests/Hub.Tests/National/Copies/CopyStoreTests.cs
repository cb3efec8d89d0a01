using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.National.Copies;

public sealed class SqliteCopyStoreTests() : CopyStoreTests(new SqliteNationalHost());

public sealed class PostgreSqlCopyStoreTests() : CopyStoreTests(new PostgreSqlNationalHost());

/// <summary>What taking a copy over changes, on real engines.</summary>
public abstract class CopyStoreTests(NationalHost host) : IAsyncLifetime
{
    private CopyRig rig = null!;

    public async Task InitializeAsync() => rig = await CopyRig.OpenAsync(host);

    public async Task DisposeAsync()
    {
        await rig.DisposeAsync();
        await host.DisposeAsync();
    }

    [SkippableFact]
    public async Task Of_a_patient_who_was_never_copied_nothing_is_held()
    {
        (await rig.Node.Copies.ReadAsync(ACopy.Source, [ACopy.Key(1), ACopy.Key(2)], default)).Should().BeEmpty();
        (await rig.Node.Copies.HistoryAsync(ACopy.Source, ACopy.Key(1), "a", default)).Should().BeEmpty();
        (await rig.Node.Copies.CountAsync(ACopy.Slice, default)).Should().Be(default(SliceCounts));
    }

    [SkippableFact]
    public async Task What_was_taken_over_is_given_back_and_counted()
    {
        var first = ACopy.Of(1, ACopy.Result(1, "a"), ACopy.Result(1, "b", 8.1m));
        var second = ACopy.Of(2, ACopy.Result(2, "a"));

        (await rig.TakeOverAsync(first, second)).Should().Be(new TakenOver(Patients: 2, Added: 3, Changed: 0, Withdrawn: 0, Unchanged: 0, Refused: 0));

        var held = await rig.Node.Copies.ReadAsync(ACopy.Source, [ACopy.Key(2), ACopy.Key(3), ACopy.Key(1)], default);
        held.Select(static one => one.Key).Should().Equal(ACopy.Key(2), ACopy.Key(1));
        held.Select(static one => one.Wave).Should().AllBe("rest");
        Printed.Of(held[1].Groups["biology"].Copy).Should().Be(Printed.Of(first));
        held[1].Groups["biology"].ConfirmedAt.Should().Be(rig.Clock.GetUtcNow());
        Printed.Of(held[0].Groups["biology"].Copy).Should().Be(Printed.Of(second));
        await ReconcilesAsync(new SliceCounts(Patients: 2, Facts: 3, Tombstones: 0, Documents: 0, Refused: 0, Versions: 3));
    }

    [SkippableFact]
    public async Task The_same_copy_again_changes_nothing_but_when_it_was_confirmed()
    {
        var copy = ACopy.Of(1, ACopy.Result(1, "a"), ACopy.Result(1, "b")) with { Gaps = ["PAGE_FAILED"] };
        await rig.TakeOverAsync(copy);
        var before = await rig.HeldAsync(1);

        (await rig.TakeOverAsync(copy)).Should().Be(new TakenOver(0, 0, 0, 0, Unchanged: 2, 0));

        var after = await rig.HeldAsync(1);
        Printed.Of(after!.Copy).Should().Be(Printed.Of(before!.Copy));
        after.ConfirmedAt.Should().Be(before.ConfirmedAt.AddMinutes(1));
        await ReconcilesAsync(new SliceCounts(1, 2, 0, 0, 0, Versions: 2));
    }

    [SkippableFact]
    public async Task A_resource_whose_properties_come_in_another_order_is_no_change()
    {
        await rig.TakeOverAsync(ACopy.Of(1, Written("""{"resourceType":"Observation","id":"a","status":"final","code":{"text":"x"}}""")));

        var again = ACopy.Of(1, Written("""{ "status":"final", "code":{"text":"\u0078"}, "id":"a","resourceType":"Observation"}"""));
        (await rig.TakeOverAsync(again)).Unchanged.Should().Be(1);
    }

    [SkippableFact]
    public async Task A_changed_fact_gets_a_version_and_every_one_before_is_kept()
    {
        await rig.TakeOverAsync(ACopy.Of(1, ACopy.Result(1, "a", 7.2m), ACopy.Result(1, "b")));
        (await rig.TakeOverAsync(ACopy.Of(1, ACopy.Result(1, "a", 7.20m), ACopy.Result(1, "b")))).Should().Be(new TakenOver(0, 0, 1, 0, 1, 0));
        var corrected = ACopy.Result(1, "a", 6.9m, "corrected");
        await rig.TakeOverAsync(ACopy.Of(1, corrected, ACopy.Result(1, "b")));

        Printed.Of((await rig.HeldAsync(1))!.Copy.Entries[0]).Should().Be(Printed.Of(corrected));
        var history = await rig.Node.Copies.HistoryAsync(ACopy.Source, ACopy.Key(1), "a", default);
        history.Select(static version => version.Number).Should().Equal(1, 2, 3);
        history.Select(static version => version.Entry!.Value!.Number).Should().Equal(7.2m, 7.20m, 6.9m);
        history.Select(static version => version.At).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        history.Select(static version => Convert.ToHexString(version.ContentHash!)).Should().OnlyHaveUniqueItems();
        await ReconcilesAsync(new SliceCounts(1, 2, 0, 0, 0, Versions: 4));
    }

    [SkippableFact]
    public async Task A_fact_that_is_gone_leaves_a_tombstone_and_may_return()
    {
        await rig.TakeOverAsync(ACopy.Of(1, ACopy.Result(1, "a"), ACopy.Result(1, "b")));

        (await rig.TakeOverAsync(ACopy.Of(1, ACopy.Result(1, "b")))).Should().Be(new TakenOver(0, 0, 0, Withdrawn: 1, 1, 0));
        (await rig.HeldAsync(1))!.Copy.Entries.Select(static entry => entry.LocalId).Should().Equal("b");
        await ReconcilesAsync(new SliceCounts(1, 1, Tombstones: 1, 0, 0, 3));
        (await rig.TakeOverAsync(ACopy.Of(1, ACopy.Result(1, "b")))).Should().Be(new TakenOver(0, 0, 0, 0, 1, 0), "it is gone already");

        (await rig.TakeOverAsync(ACopy.Of(1, ACopy.Result(1, "a"), ACopy.Result(1, "b")))).Should().Be(new TakenOver(0, 0, Changed: 1, 0, 1, 0));
        var history = await rig.Node.Copies.HistoryAsync(ACopy.Source, ACopy.Key(1), "a", default);
        history.Select(static version => version.Entry is null).Should().Equal(false, true, false);
        history.Select(static version => version.ContentHash is null).Should().Equal(false, true, false);
        await ReconcilesAsync(new SliceCounts(1, 2, 0, 0, 0, 4));
    }

    [SkippableFact]
    public async Task A_patient_the_source_no_longer_knows_keeps_tombstones_and_says_so()
    {
        await rig.TakeOverAsync(ACopy.Of(1, ACopy.Result(1, "a")));

        (await rig.TakeOverAsync(new PatientCopy { Key = ACopy.Key(1), IsUnknown = true })).Should().Be(new TakenOver(0, 0, 0, 1, 0, 0));

        (await rig.HeldAsync(1))!.Copy.Should().BeEquivalentTo(new { IsUnknown = true, Entries = Array.Empty<DossierEntry>() });
        (await rig.SliceAsync()).Copied.Should().Be(1);
    }

    [SkippableFact]
    public async Task What_is_no_valid_FHIR_is_kept_and_given_back_as_it_is_and_marked()
    {
        var copy = ACopy.Of(1, ACopy.Result(1, "a"), ACopy.Result(1, "b", status: "none-of-the-list"));

        (await rig.TakeOverAsync(copy)).Should().Be(new TakenOver(1, Added: 2, 0, 0, 0, Refused: 1));

        var held = (await rig.HeldAsync(1))!;
        Printed.Of(held.Copy).Should().Be(Printed.Of(copy));
        held.Refused.Should().ContainSingle().Which.Should().BeEquivalentTo(new { LocalId = "b", Code = "FHIR_INVALID" });
        held.Refused[0].Reason.Should().Contain("Observation.status").And.NotContain("none-of-the-list", "it is what the source wrote");
        (await rig.TakeOverAsync(copy)).Should().Be(new TakenOver(0, 0, 0, 0, 2, 0));
        await ReconcilesAsync(new SliceCounts(1, Facts: 2, 0, 0, Refused: 1, 2));

        (await rig.TakeOverAsync(ACopy.Of(1, ACopy.Result(1, "a"), ACopy.Result(1, "b")))).Should().Be(new TakenOver(0, 0, 1, 0, 1, 0), "it was mended");
        (await rig.HeldAsync(1))!.Refused.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Documents_are_opened_with_the_content_in_force_and_former_contents_stay()
    {
        PatientCopy With(string content) => ACopy.Of(1, ACopy.Document(1, "d")) with
        {
            Contents = new Dictionary<string, ContentCopy> { ["d"] = new("application/pdf", ACopy.Bytes(content)) },
        };
        await rig.TakeOverAsync(With("first"));
        (await rig.TakeOverAsync(With("second"))).Changed.Should().Be(1);

        Text(await OpenAsync("d")).Should().Be("second");
        (await rig.TakeOverAsync(ACopy.Of(1, ACopy.Document(1, "d")))).Unchanged.Should().Be(1, "its content was not read this time");
        Text(await OpenAsync("d")).Should().Be("second");
        (await rig.TakeOverAsync(With("first"))).Changed.Should().Be(1);
        Text(await OpenAsync("d")).Should().Be("first");
        (await OpenAsync("e")).Should().BeNull();
        await ReconcilesAsync(new SliceCounts(1, 1, 0, Documents: 1, 0, 3));
        await rig.TakeOverAsync(ACopy.Of(1));
        (await OpenAsync("d")).Should().BeNull("it is withdrawn");
    }

    [SkippableFact]
    public async Task The_checkpoint_and_the_counter_move_with_the_rows()
    {
        await rig.Node.Copies.TakeOverAsync(rig.Batch(ACopy.Of(1), ACopy.Of(2)) with { Checkpoint = "p2" }, default);
        (await rig.SliceAsync()).Should().BeEquivalentTo(new { Checkpoint = "p2", Copied = 2L });

        await rig.Node.Copies.TakeOverAsync(rig.Batch(ACopy.Of(2), ACopy.Of(3)) with { Checkpoint = "p3" }, default);
        await rig.Node.Copies.TakeOverAsync(rig.Batch(ACopy.Of(3)), default);
        (await rig.SliceAsync()).Should().BeEquivalentTo(new { Checkpoint = "p3", Copied = 3L }, "a follower moves no checkpoint");
    }

    [SkippableFact]
    public async Task Patients_are_listed_once_each_from_behind_a_key_over_many_pages()
    {
        foreach (var chunk in Enumerable.Range(1, 1_203).Chunk(401))
            await rig.TakeOverAsync([.. chunk.Select(static patient => ACopy.Of(patient))]);

        var all = await rig.Node.Copies.ListAsync(ACopy.Slice, null, default).ToListAsync();
        all.Should().HaveCount(1_203).And.OnlyHaveUniqueItems();
        (await rig.Node.Copies.ListAsync(ACopy.Slice, all[700], default).ToListAsync()).Should().Equal(all[701..]);
        (await rig.Node.Copies.ListAsync(ACopy.Slice with { Wave = "pilot" }, null, default).ToListAsync()).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Copies_found_equal_are_confirmed_and_a_late_confirmation_sets_none_back()
    {
        await rig.TakeOverAsync(ACopy.Of(1), ACopy.Of(2));
        var later = rig.Clock.GetUtcNow().AddHours(1);

        await rig.Node.Copies.ConfirmAsync(ACopy.Slice, [ACopy.Key(1)], later, rig.Fence, default);
        await rig.Node.Copies.ConfirmAsync(ACopy.Slice, [ACopy.Key(1)], later.AddMinutes(-5), rig.Fence, default);

        (await rig.HeldAsync(1))!.ConfirmedAt.Should().Be(later);
        (await rig.HeldAsync(2))!.ConfirmedAt.Should().Be(rig.Clock.GetUtcNow());
    }

    [SkippableFact]
    public async Task Groups_of_one_patient_are_copied_and_given_back_apart()
    {
        await rig.TakeOverAsync(ACopy.Of(1, ACopy.Result(1, "a")));
        var others = rig.Batch(ACopy.Of(1, ACopy.Document(1, "d"))) with { Slice = ACopy.Slice with { Group = "others" } };
        await rig.Node.Copies.TakeOverAsync(others, default);

        var held = (await rig.Node.Copies.ReadAsync(ACopy.Source, [ACopy.Key(1)], default))[0];
        held.Groups.ToDictionary(static group => group.Key, static group => group.Value.Copy.Entries.Single().LocalId)
            .Should().Equal(new Dictionary<string, string> { ["biology"] = "a", ["others"] = "d" });
        await rig.TakeOverAsync(ACopy.Of(1));
        (await rig.Node.Copies.CountAsync(ACopy.Slice with { Group = "others" }, default)).Facts.Should().Be(1, "another group is another slice");
    }

    private async Task ReconcilesAsync(SliceCounts counts)
    {
        (await rig.Node.Copies.CountAsync(ACopy.Slice, default)).Should().Be(counts);
        (await rig.SliceAsync()).Copied.Should().Be(counts.Patients);
    }

    private Task<ContentCopy?> OpenAsync(string localId) => rig.Node.Copies.OpenContentAsync(ACopy.Source, ACopy.Key(1), localId, default);

    private static string? Text(ContentCopy? content) => content is null ? null : System.Text.Encoding.UTF8.GetString(content.Bytes.Span);

    private static DossierEntry Written(string resource) => DossierEntry.FromJson(ACopy.Bytes(resource), new EntryContext(ACopy.Key(1), "a"));
}

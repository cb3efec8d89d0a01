using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;
using static DmpFederation.Plugins.Tests.DossierPharmaceutique.ADispensation;

namespace DmpFederation.Plugins.Tests.DossierPharmaceutique;

public sealed class DpChangeFeedOnSqliteTests() : DpChangeFeedTests(new SqliteDpHost());

public sealed class DpChangeFeedOnPostgreSqlTests() : DpChangeFeedTests(new PostgreSqlDpHost());

/// <summary>What the host changes, as a follower sees it, and whom the host knows.</summary>
public abstract class DpChangeFeedTests(DpHost host) : DpFixture(host)
{
    [SkippableFact]
    public async Task A_follower_sees_new_corrected_cancelled_and_refused_lines_in_order()
    {
        Record([1], Line("L1", 1, "20260312"), Line("L2", 1, "20260313"), Line("L3", 1, "20260314"));
        var feed = (IChangeFeed)OpenConnector();
        var cursor = await feed.CurrentCursorAsync(CancellationToken.None);

        using (var register = Host.Open())
        {
            register.CorrectQuantity("L1", 5);
            register.Cancel("L2");
            register.Refuse("L3");
            register.Record([], [Line("L4", 1, "20260315")]);
        }
        var changes = await Follow(feed, cursor);

        changes.Select(Print).Should().Equal("L1 x5 v2", "-L2", "-L3", "L4 x2 v1");
        (await Follow(feed, changes[1].Cursor)).Select(Print).Should().Equal("-L3", "L4 x2 v1");
        (await Follow(feed, changes[^1].Cursor)).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_line_that_was_never_shown_is_never_told_of()
    {
        Record([1], Line("L1", 1, "20260312", refused: true), Line("L2", 1, "20100312"), Line("L3", 1, "20260314"));

        (await Follow((IChangeFeed)OpenConnector(), null)).Select(Print).Should().Equal("L3 x2 v1");
    }

    [SkippableFact]
    public async Task Closing_a_dossier_withdraws_its_lines()
    {
        Record([1, 2], Line("L1", 1, "20260312"), Line("L2", 2, "20260313"));
        var feed = (IChangeFeed)OpenConnector();
        var cursor = await feed.CurrentCursorAsync(CancellationToken.None);
        using (var register = Host.Open())
            register.Close(Number(1));

        (await Follow(feed, cursor)).Select(Print).Should().Equal("-L1");
        (await Follow(feed, null)).Select(Print).Should().Equal("L2 x2 v1", "-L1");
    }

    [SkippableFact]
    public async Task A_long_history_is_followed_page_by_page_and_nothing_is_missed()
    {
        Record([1], [.. Enumerable.Range(1, 2_500).Select(line => Line($"L{line:D4}", 1, line % 2 == 0 ? "20260312" : "20100101"))]);

        var changes = await Follow((IChangeFeed)OpenConnector(), null);

        changes.Cast<EntryChanged>().Select(change => change.Entry.LocalId)
            .Should().Equal(Enumerable.Range(1, 2_500).Where(line => line % 2 == 0).Select(line => $"L{line:D4}"));
    }

    [SkippableFact]
    public async Task A_change_that_cannot_be_read_is_kept_and_the_feed_goes_on()
    {
        Record([1], Line("L1", 1, "20261301"), Line("L2", 1, "20260313"));

        var changes = await Follow((IChangeFeed)OpenConnector(), null);

        changes.Should().HaveCount(2);
        changes[0].Should().BeOfType<ItemUnreadable>().Which.Item.LocalId.Should().Be("L1");
        changes[1].Should().BeOfType<EntryChanged>();
    }

    [SkippableTheory]
    [InlineData("1")]
    [InlineData("99")]
    [InlineData("x")]
    [InlineData(null)]
    public async Task A_cursor_the_journal_cannot_serve_is_refused(string? cursor)
    {
        Record([1], [.. Enumerable.Range(1, 9).Select(line => Line($"L{line}", 1, "20260312"))]);
        using (var register = Host.Open())
            register.PurgeJournal(3);
        var feed = (IChangeFeed)OpenConnector();

        var follow = () => Follow(feed, cursor);

        (await follow.Should().ThrowAsync<SourceFaultException>()).Which.Code.Should().Be(SourceFaultCodes.CursorExpired);
        (await Follow(feed, "3")).Should().HaveCount(6);
    }

    [SkippableFact]
    public async Task A_journal_purged_to_its_end_still_serves_the_current_cursor()
    {
        Record([1], Line("L1", 1, "20260312"));
        var feed = (IChangeFeed)OpenConnector();
        var cursor = await feed.CurrentCursorAsync(CancellationToken.None);
        using (var register = Host.Open())
            register.PurgeJournal(1);

        (await Follow(feed, cursor)).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_follower_misses_nothing_of_two_hosts_that_write_at_once()
    {
        Record([1]);
        var feed = (IChangeFeed)OpenConnector();
        var seen = new HashSet<string>();
        string? cursor = null;
        var writers = Enumerable.Range(0, 2).Select(writer => Task.Run(() =>
        {
            using var register = Host.Open();
            for (var line = 0; line < 60; line++)
                register.Record([], [Line($"W{writer}-{line}", 1, "20260312")]);
        })).ToList();

        var done = Task.WhenAll(writers);
        for (var last = false; !last;)
        {
            last = done.IsCompleted;
            foreach (var change in await Follow(feed, cursor))
            {
                seen.Add(((EntryChanged)change).Entry.LocalId);
                cursor = change.Cursor;
            }
            await Task.Yield();
        }
        await done;

        seen.Should().HaveCount(120);
    }

    [SkippableFact]
    public async Task Partitions_list_every_open_dossier_once_and_go_on_after_an_interruption()
    {
        Record(Enumerable.Range(1, 2_300));
        using (var register = Host.Open())
            register.Close(Number(7));
        var directory = (IPatientDirectory)OpenConnector();

        var parts = new List<PatientKey>();
        for (var index = 0; index < 3; index++)
            parts.AddRange(await directory.ListPatientsAsync(new PatientPartition(index, 3), null, CancellationToken.None).ToListAsync());
        var all = await directory.ListPatientsAsync(PatientPartition.All, null, CancellationToken.None).ToListAsync();
        var rest = await directory.ListPatientsAsync(PatientPartition.All, all[1_499], CancellationToken.None).ToListAsync();

        all.Distinct().Should().HaveCount(2_299).And.NotContain(Key(7));
        parts.OrderBy(key => key.Value, StringComparer.Ordinal).Should().Equal(all);
        rest.Should().Equal(all.Skip(1_500));
    }

    private static async Task<List<SourceChange>> Follow(IChangeFeed feed, string? cursor) =>
        await feed.ReadChangesAsync(cursor, CancellationToken.None).ToListAsync();

    private static string Print(SourceChange change) => change switch
    {
        EntryChanged changed => $"{changed.Entry.LocalId} x{changed.Entry.Value!.Number} v{changed.Entry.Version}",
        EntryWithdrawn withdrawn => $"-{withdrawn.LocalId}",
        _ => change.GetType().Name,
    };
}

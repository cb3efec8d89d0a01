using DmpFederation.LegacySystems.ReseauDiabete;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.ReseauDiabete;

public sealed class ChangeFeedTests : NetworkFixture
{
    [Fact]
    public async Task Each_creation_correction_and_withdrawal_comes_once_and_in_order()
    {
        Export(10, HbA1c(501), HbA1c(502));
        var feed = (IChangeFeed)Open();
        (await Follow(feed, null)).Select(Print).Should().Equal("suivi/501 7.2 v1", "suivi/502 7.2 v1");
        var cursor = await feed.CurrentCursorAsync(CancellationToken.None);

        Export(11, HbA1c(503), HbA1c(501, 8.1m, version: 2), Withdrawn(HbA1c(502), 2));
        var changes = await Follow(feed, cursor);
        changes.Select(Print).Should().Equal("suivi/503 7.2 v1", "suivi/501 8.1 v2", "-suivi/502");
        (await Follow(feed, changes[^1].Cursor)).Should().BeEmpty();
        (await feed.CurrentCursorAsync(CancellationToken.None)).Should().Be(changes[^1].Cursor);
        for (var seen = 0; seen < changes.Count; seen++)
            (await Follow(feed, changes[seen].Cursor)).Select(Print).Should().Equal(changes.Skip(seen + 1).Select(Print));
    }

    [Fact]
    public async Task A_follower_that_stops_anywhere_ends_with_exactly_what_is_shown()
    {
        var feed = (IChangeFeed)Open();
        var held = new Dictionary<string, string>();
        string? cursor = null;
        for (var week = 10; week < 22; week++)
        {
            var rows = new List<NetworkRow>();
            for (var row = 0; row < 120; row++)
                rows.Add(HbA1c(1000 + (week * 120) + row, 6 + (row % 30 / 10m), person: 1 + (row % 5)));
            foreach (var old in Enumerable.Range(0, week - 10))
                rows.Add(HbA1c(1000 + ((10 + old) * 120) + week, 9m, person: 1 + (week % 5), version: week));
            if (week > 12)
                rows.Add(Withdrawn(HbA1c(1000 + (11 * 120) + week - 3), 100));
            Export(week, rows);
            // Stops after an odd number of changes, and goes on from that cursor another time.
            var taken = 0;
            await foreach (var change in feed.ReadChangesAsync(cursor, CancellationToken.None))
            {
                cursor = change.Cursor;
                Apply(held, change);
                if (++taken == 37 * (week % 4))
                    break;
            }
        }
        foreach (var change in await Follow(feed, cursor))
            Apply(held, change);
        held.Values.Order(StringComparer.Ordinal).Should().Equal(await Shown((ISourceConnector)feed, 1, 2, 3, 4, 5));
    }

    [Fact]
    public async Task A_late_week_is_a_change_of_now_and_moves_no_cursor()
    {
        Export(10, HbA1c(501));
        Export(12, HbA1c(503));
        var feed = (IChangeFeed)Open();
        var cursor = await feed.CurrentCursorAsync(CancellationToken.None);
        Export(11, HbA1c(502));
        (await Follow(feed, cursor)).Select(Print).Should().Equal("suivi/502 7.2 v1");
    }

    [Fact]
    public async Task Cursors_outlive_a_rebuilt_index_while_its_files_are_there_and_expire_when_they_are_gone()
    {
        Export(10, HbA1c(501));
        Export(11, HbA1c(502));
        var first = Open();
        var cursor = (await Follow((IChangeFeed)first, null))[0].Cursor;
        await first.DisposeAsync();
        foreach (var file in Directory.EnumerateFiles(State))
            File.Delete(file);
        var second = Open();
        (await Follow((IChangeFeed)second, cursor)).Select(Print).Should().Equal("suivi/502 7.2 v1");

        await second.DisposeAsync();
        foreach (var file in Directory.EnumerateFiles(State))
            File.Delete(file);
        File.Delete(PathOf(10));
        File.Delete(PathOf(10, "patients"));
        var third = Open();
        var follow = () => Follow((IChangeFeed)third, cursor);
        await follow.Should().ThrowAsync<SourceFaultException>().Where(fault => fault.Code == SourceFaultCodes.CursorExpired);
        (await Read(third)).OfType<ReadGap>().Single().Code.Should().Be("EXPORT_MISSING");
    }

    [Theory]
    [InlineData("")]
    [InlineData("d1~~1")]
    [InlineData("d1~zz~0")]
    [InlineData("h1~2026~1~0")]
    [InlineData("d1~00ff~99999999999999999999")]
    public async Task What_is_no_cursor_of_this_source_is_expired(string cursor)
    {
        Export(10, HbA1c(501));
        var follow = () => Follow((IChangeFeed)Open(), cursor);
        await follow.Should().ThrowAsync<SourceFaultException>().Where(fault => fault.Code == SourceFaultCodes.CursorExpired);
    }

    [Fact]
    public async Task What_cannot_be_read_is_in_the_feed_until_a_later_version_can()
    {
        Export(10, HbA1c(501) with { Unit = "pintes" }, HbA1c(502));
        var feed = (IChangeFeed)Open();
        var changes = await Follow(feed, null);
        changes[0].Should().BeOfType<ItemUnreadable>().Which.Item.Code.Should().Be("CSV_UNIT");
        changes.Should().HaveCount(2);
        Export(11, HbA1c(501, version: 2));
        (await Follow(feed, changes[1].Cursor)).Select(Print).Should().Equal("suivi/501 7.2 v2");
        (await Read((ISourceConnector)feed)).OfType<Unreadable>().Should().BeEmpty();
    }

    private static void Apply(Dictionary<string, string> held, SourceChange change)
    {
        if (change is EntryChanged changed)
            held[changed.Entry.LocalId] = Print(change);
        else if (change is EntryWithdrawn withdrawn)
            held.Remove(withdrawn.LocalId);
    }

    private static async Task<List<SourceChange>> Follow(IChangeFeed feed, string? cursor) =>
        await feed.ReadChangesAsync(cursor, CancellationToken.None).ToListAsync();

    private static string Print(SourceChange change) => change switch
    {
        EntryChanged changed => string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{changed.Entry.LocalId} {changed.Entry.Value!.Number} v{changed.Entry.Version}"),
        EntryWithdrawn withdrawn => $"-{withdrawn.LocalId}",
        _ => change.GetType().Name,
    };
}

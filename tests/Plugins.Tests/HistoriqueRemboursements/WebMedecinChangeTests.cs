using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.HistoriqueRemboursements;

public sealed class WebMedecinChangeTests
{
    private const string Visit = "WM00000001/act/20260212/1.2.250.1.215.200.3.3|G";

    [Fact]
    public async Task From_the_cursor_of_now_exactly_what_changes_is_told_in_order()
    {
        await using var service = await RunningWebMedecin.WithPatientAsync();
        await service.AddAsync(jour: "20260101");
        var cursor = await service.Feed.CurrentCursorAsync(CancellationToken.None);
        (await service.ChangesAsync(cursor)).Should().BeEmpty();

        var box = await service.AddAsync("medicament", "20260212", "1.2.250.1.215.200.1.1.1", "3400939901015", 1, "2.999.75.1^T1");
        var visit = await service.AddAsync();
        await service.CorrectAsync(box, new { quantite = 3 });
        await service.WithdrawAsync(visit);

        var changes = await service.ChangesAsync(cursor);
        changes.Select(Told).Should().Equal("+2.999.75.1^T1", "+2.999.75.1^T1", $"-{Visit}/1");
        changes.OfType<EntryChanged>().Should().OnlyContain(change => change.Entry.FiledUnder == RunningWebMedecin.Patient && change.Entry.Value!.Number == 3);
        changes.OfType<EntryWithdrawn>().Should().OnlyContain(change => change.Patient == RunningWebMedecin.Patient);
        changes.Select(change => long.Parse(change.Cursor, System.Globalization.CultureInfo.InvariantCulture)).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Following_the_changes_leads_to_what_a_reading_shows()
    {
        await using var service = await RunningWebMedecin.WithPatientAsync();
        var first = await service.AddAsync();
        var second = await service.AddAsync(code: "G");
        await service.AddAsync();
        var moved = await service.AddAsync(jour: "20260201", code: "CS");
        var box = await service.AddAsync("medicament", "20260212", "1.2.250.1.215.200.1.1.1", "3400939901015", 1, "2.999.75.1^T1");
        var followed = new Dictionary<string, string>();
        await FollowAsync(service, followed, null);
        await AgreeAsync(service, followed);

        var cursor = await service.Feed.CurrentCursorAsync(CancellationToken.None);
        await service.WithdrawAsync(first);
        await service.CorrectAsync(moved, new { jour = "20260203" });
        await service.CorrectAsync(box, new { quantite = 2 });
        await service.AddAsync(code: "CS");
        await service.WithdrawAsync(second);
        await FollowAsync(service, followed, cursor);
        await AgreeAsync(service, followed);
        followed.Keys.Should().BeEquivalentTo(
            $"{Visit}/1", "WM00000001/act/20260203/1.2.250.1.215.200.3.3|CS/1", "WM00000001/act/20260212/1.2.250.1.215.200.3.3|CS/1", "2.999.75.1^T1");
    }

    [Fact]
    public async Task Going_on_from_any_change_misses_nothing_and_repeats_nothing()
    {
        await using var service = await RunningWebMedecin.WithPatientAsync();
        for (var day = 1; day <= 6; day++)
            await service.AddAsync(jour: $"202602{day:00}");
        await service.WithdrawAsync(2);
        var all = await service.ChangesAsync(null);
        all.Should().HaveCount(6, "five that stand and one withdrawal");
        for (var done = 1; done <= all.Count; done++)
            (await service.ChangesAsync(all[done - 1].Cursor)).Select(Told).Should().Equal(all.Skip(done).Select(Told));
    }

    [Fact]
    public async Task A_line_is_told_to_the_byte_as_a_reading_shows_it()
    {
        var world = SyntheticFrance.World.Generate(2009, 3, RunningWebMedecin.Today).ToList();
        await using var service = await RunningWebMedecin.StartAsync(world);
        var read = (await service.ReadAsync([.. world.Select(patient => new PatientKey(PatientKeySystems.InsNirTest, patient.InsNir))])).OfType<DossierEntry>().ToList();
        read.Should().NotBeEmpty();
        var told = (await service.ChangesAsync(null)).Cast<EntryChanged>().ToDictionary(change => change.Entry.LocalId, change => change.Entry);
        told.Keys.Should().BeEquivalentTo(read.Select(entry => entry.LocalId));
        foreach (var entry in read)
            told[entry.LocalId].Resource.ToArray().Should().Equal(entry.Resource.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("4711")]
    public async Task A_cursor_of_another_kind_asks_for_a_new_copy(string cursor)
    {
        await using var service = await RunningWebMedecin.WithPatientAsync();
        await service.AddAsync();
        await Expired(service, cursor);
    }

    [Fact]
    public async Task A_cursor_older_than_the_journal_asks_for_a_new_copy()
    {
        await using var service = await RunningWebMedecin.WithPatientAsync();
        for (var day = 1; day <= 4; day++)
            await service.AddAsync(jour: $"202602{day:00}");
        service.PurgeJournal(2);
        await Expired(service, "1");
        await Expired(service, null);
        (await service.ChangesAsync("2")).Should().HaveCount(2);
        service.PurgeJournal(4);
        (await service.ChangesAsync("4")).Should().BeEmpty();
        await Expired(service, "3");
    }

    private static async Task Expired(RunningWebMedecin service, string? cursor)
    {
        var read = async () => await service.ChangesAsync(cursor);
        (await read.Should().ThrowAsync<SourceFaultException>()).Which.Code.Should().Be(SourceFaultCodes.CursorExpired);
    }

    private static async Task FollowAsync(RunningWebMedecin service, Dictionary<string, string> followed, string? cursor)
    {
        foreach (var change in await service.ChangesAsync(cursor))
        {
            if (change is EntryChanged { Entry: var entry })
                followed[entry.LocalId] = Convert.ToBase64String(entry.Resource.Span);
            else if (change is EntryWithdrawn withdrawn)
                followed.Remove(withdrawn.LocalId);
            else
                throw new InvalidOperationException("A change could not be read.");
        }
    }

    private static async Task AgreeAsync(RunningWebMedecin service, Dictionary<string, string> followed) =>
        followed.Should().BeEquivalentTo((await service.ReadAsync(RunningWebMedecin.Patient)).OfType<DossierEntry>()
            .ToDictionary(entry => entry.LocalId, entry => Convert.ToBase64String(entry.Resource.Span)));

    private static string Told(SourceChange change) => change switch
    {
        EntryChanged changed => $"+{changed.Entry.LocalId}",
        EntryWithdrawn withdrawn => $"-{withdrawn.LocalId}",
        ItemUnreadable unreadable => $"?{unreadable.Item.Code}",
        _ => throw new InvalidOperationException(),
    };
}

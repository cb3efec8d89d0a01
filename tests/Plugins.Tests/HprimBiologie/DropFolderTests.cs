using System.Text;
using DmpFederation.LegacySystems.LabosRhoneAlpes;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.HprimBiologie;

public sealed class DropFolderTests : IAsyncLifetime
{
    private readonly DropFolder drop = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await drop.DisposeAsync();

    [Fact]
    public async Task The_file_of_the_domain_example_becomes_a_document_and_its_results()
    {
        drop.Drop("a.hpr", AReport.File(AReport.Numbered("B2009-0042")));

        var items = await drop.ReadAsync();
        var entries = items.OfType<DossierEntry>().ToList();

        entries.Select(entry => (entry.LocalId, entry.Category, entry.Code!.Code)).Should().Equal(
            ("LABCHARMES/B2009-0042", EntryCategory.Document, "11502-2"),
            ("LABCHARMES/B2009-0042/HBA1C 001", EntryCategory.LabResult, "4548-4"),
            ("LABCHARMES/B2009-0042/GLYC 001", EntryCategory.LabResult, "53049-3"));
        entries.Should().OnlyContain(entry => entry.FiledUnder == AReport.Key && entry.Date == FhirDate.Parse("2009-04-30"));
        var glucose = entries[2];
        glucose.DocumentLocalId.Should().Be("LABCHARMES/B2009-0042");
        glucose.Status.Should().Be("final");
        glucose.Author!.OrganizationName.Should().Be("LABORATOIRE DES CHARMES");
        glucose.Value.Should().BeEquivalentTo(new EntryValue
        {
            Number = 1.42m,
            Unit = "g/l",
            UnitCode = "g/L",
            ReferenceLow = 0.74m,
            ReferenceHigh = 1.06m,
            Interpretation = "H",
        });
        Encoding.UTF8.GetString(glucose.Resource.Span).Should().Contain("40193-5").And.Contain("7.88");
        items.OfType<SourceAsOf>().Should().ContainSingle();
        items.Should().NotContain(item => item is ReadGap || item is Unreadable || item is PatientUnknown);
    }

    [Fact]
    public async Task A_document_is_read_in_the_entry_and_through_its_content()
    {
        drop.Drop("a.hpr", AReport.File(AReport.Numbered("B1") with { Results = [] }));
        var document = (await drop.EntriesAsync()).Should().ContainSingle().Subject;

        await using var content = await ((IDocumentContent)drop.Connector).OpenContentAsync(AReport.Key, document.LocalId, CancellationToken.None);

        using var reader = new StreamReader(content!.Content);
        var text = await reader.ReadToEndAsync();
        text.Should().Contain("HÉMOGLOBINE GLYQUÉE (HPLC)");
        Encoding.UTF8.GetString(document.Resource.Span).Should().Contain(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));
        (await ((IDocumentContent)drop.Connector).OpenContentAsync(new PatientKey("urn:dmpfederation:labo-patient", "X/1"), document.LocalId, CancellationToken.None))
            .Should().BeNull();
    }

    [Fact]
    public async Task An_empty_result_has_no_value_and_a_code_without_LOINC_keeps_the_laboratorys_own()
    {
        drop.Drop("a.hpr", AReport.File(AReport.Numbered("B1") with
        {
            Results =
            [
                new ReportedResult("", "CODE 005", null),
                new ReportedResult("Aspect", "ASP 001", new ReportedValue("Limpide", "", Numeric: false)),
                new ReportedResult("Aspect", "ASP 001", new ReportedValue("<0,5", "")),
            ],
        }));

        var results = (await drop.EntriesAsync()).Skip(1).ToList();

        results.Select(entry => entry.LocalId).Should().Equal("LABCHARMES/B1/CODE 005", "LABCHARMES/B1/ASP 001", "LABCHARMES/B1/ASP 001/2");
        results[0].Value?.Number.Should().BeNull();
        results[1].Code!.System.Should().Be("urn:dmpfederation:labo:LABCHARMES");
        results[1].Value!.Text.Should().Be("Limpide");
        (results[2].Value!.Comparator, results[2].Value!.Number).Should().Be(("<", 0.5m));
        var unmapped = await ((IMappingReport)drop.Connector).ListUnmappedAsync(CancellationToken.None).ToListAsync();
        unmapped.Select(code => (code.Code, code.Count)).Should().Equal(("ASP 001", 2), ("CODE 005", 1));
        File.ReadAllText(Path.Combine(drop.State, "unmapped-codes.csv")).Should().Contain("ASP 001");
    }

    [Fact]
    public async Task A_file_sent_again_under_another_name_is_nothing_new_and_a_correction_replaces()
    {
        drop.Drop("a.hpr", AReport.File(AReport.Numbered("B1", status: "P")), minutesAgo: 30);
        (await drop.EntriesAsync()).Should().OnlyContain(entry => entry.Status == "preliminary" || entry.Category == EntryCategory.Document);
        var feed = (IChangeFeed)drop.Connector;
        var cursor = await feed.CurrentCursorAsync(CancellationToken.None);

        drop.Drop("again.hpr", AReport.File(AReport.Numbered("B1", status: "P")), minutesAgo: 5);
        File.Delete(drop.PathOf("a.hpr"));
        drop.Drop("corrected.hpr", AReport.File(AReport.Numbered("B1", "7.6")), minutesAgo: 20);
        var items = await drop.EventuallyAsync(items => items.OfType<DossierEntry>().Any(entry => entry.Value?.Number == 7.6m));

        items.OfType<DossierEntry>().Should().HaveCount(3).And.OnlyContain(entry => entry.Status == "final" || entry.Category == EntryCategory.Document);
        var changes = await feed.ReadChangesAsync(cursor, CancellationToken.None).ToListAsync();
        changes.Should().HaveCount(3).And.AllBeOfType<EntryChanged>();
        changes.Cast<EntryChanged>().Should().OnlyContain(
            change => change.Entry.FiledUnder == new PatientKey("urn:dmpfederation:labo-patient", "LABCHARMES/0000004711"));
        (await feed.ReadChangesAsync(changes[^1].Cursor, CancellationToken.None).ToListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_withdrawn_report_is_shown_no_more_and_the_feed_says_so()
    {
        drop.Drop("a.hpr", AReport.File(AReport.Numbered("B1")), minutesAgo: 30);
        (await drop.EntriesAsync()).Should().HaveCount(3);
        var feed = (IChangeFeed)drop.Connector;
        var cursor = await feed.CurrentCursorAsync(CancellationToken.None);

        drop.Drop("b.hpr", AReport.File(LaboratoryDesk.Withdrawn(AReport.Numbered("B1"))));
        await drop.EventuallyAsync(items => !items.OfType<DossierEntry>().Any());

        (await feed.ReadChangesAsync(cursor, CancellationToken.None).ToListAsync()).OfType<EntryWithdrawn>().Select(gone => gone.LocalId)
            .Should().BeEquivalentTo("LABCHARMES/B1", "LABCHARMES/B1/HBA1C 001", "LABCHARMES/B1/GLYC 001");
    }

    [Fact]
    public async Task A_file_that_is_deleted_withdraws_nothing_and_a_restart_remembers()
    {
        drop.Drop("a.hpr", AReport.File(AReport.Numbered("B1")));
        (await drop.EntriesAsync()).Should().HaveCount(3);
        await drop.ReopenAsync();
        File.Delete(drop.PathOf("a.hpr"));

        (await drop.EntriesAsync()).Should().HaveCount(3);
    }

    [Fact]
    public async Task Files_that_appear_while_others_read_are_taken_whole()
    {
        var desk = new LaboratoryDesk(drop.Folder, AReport.Charmes, TimeProvider.System);
        var sending = Enumerable.Range(0, 20)
            .Select(number => desk.SendAsync([AReport.Numbered($"B{number}")], TimeSpan.FromMilliseconds(5), CancellationToken.None)).ToList();
        var seen = 0;
        var items = await drop.EventuallyAsync(items =>
        {
            var entries = items.OfType<DossierEntry>().ToList();
            entries.Count.Should().BeGreaterThanOrEqualTo(seen).And.Match(count => count % 3 == 0, "a report is read whole or not at all");
            items.Should().NotContain(item => item is Unreadable);
            seen = entries.Count;
            return seen == 60;
        });

        await Task.WhenAll(sending);
        items.OfType<DossierEntry>().Select(entry => entry.LocalId).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_file_without_its_end_waits_until_it_is_quiet()
    {
        var file = AReport.File(AReport.Numbered("B1"), AReport.Numbered("B2"));
        drop.Drop("slow.hpr", file[..^60], minutesAgo: 0);
        (await drop.EntriesAsync()).Should().BeEmpty();

        var items = await drop.EventuallyAsync(items => items.OfType<DossierEntry>().Any());

        items.OfType<Unreadable>().Should().ContainSingle().Which.Position.Should().StartWith("slow.hpr:");
        drop.Drop("slow.hpr", file, minutesAgo: -1);
        (await drop.EventuallyAsync(items => !items.OfType<Unreadable>().Any())).OfType<DossierEntry>().Should().HaveCount(6);
    }

    [Fact]
    public async Task Links_folders_and_temporary_names_are_left_alone()
    {
        var outside = Path.Combine(drop.State + "-secret.hpr");
        File.WriteAllBytes(outside, AReport.File(AReport.Numbered("B1")));
        File.CreateSymbolicLink(drop.PathOf("link.hpr"), outside);
        Directory.CreateDirectory(drop.PathOf("folder.hpr"));
        drop.Drop("b.hpr.tmp", AReport.File(AReport.Numbered("B2")));

        (await drop.ReadAsync()).OfType<PatientUnknown>().Should().ContainSingle();
    }

    [Fact]
    public async Task A_laboratory_whose_clock_was_ahead_can_still_correct()
    {
        drop.Drop("a.hpr", AReport.File(AReport.Numbered("B1")), minutesAgo: -60 * 24 * 3650);
        var items = await drop.ReadAsync();
        items.OfType<DossierEntry>().Should().HaveCount(3);
        items.OfType<SourceAsOf>().Single().Moment.Should().BeOnOrBefore(drop.Clock.GetUtcNow());

        drop.Clock.Advance(TimeSpan.FromMinutes(5));
        drop.Drop("b.hpr", AReport.File(AReport.Numbered("B1", "7.6")), minutesAgo: 0);

        await drop.EventuallyAsync(later => later.OfType<DossierEntry>().Any(entry => entry.Value?.Number == 7.6m));
    }

    [Fact]
    public async Task A_folder_that_is_away_is_said_and_found_again()
    {
        drop.Drop("a.hpr", AReport.File(AReport.Numbered("B1")));
        (await drop.EntriesAsync()).Should().HaveCount(3);
        Directory.Move(drop.Folder, drop.Folder + ".away");

        var read = async () => await drop.Connector.ReadAsync(new ReadRequest([new PatientQuery(AReport.Key, AReport.Traits)]), CancellationToken.None).ToListAsync();
        (await read.Should().ThrowAsync<SourceFaultException>()).Which.Code.Should().Be("UNREACHABLE");

        Directory.Move(drop.Folder + ".away", drop.Folder);
        (await drop.EntriesAsync()).Should().HaveCount(3);
    }

    [Fact]
    public async Task A_source_whose_folder_is_away_when_it_opens_says_so_whatever_is_asked_and_may_be_closed_twice()
    {
        Directory.Delete(drop.Folder);
        var connector = drop.Connector;
        Func<Task>[] questions =
        [
            async () => await ((IPatientDirectory)connector).ListPatientsAsync(PatientPartition.All, null, CancellationToken.None).ToListAsync(),
            async () => await ((IIdentityLookup)connector).FindTraitsAsync(AReport.Key, CancellationToken.None).ToListAsync(),
            async () => await ((IDocumentContent)connector).OpenContentAsync(AReport.Key, "LABCHARMES/B1", CancellationToken.None),
            async () => await ((IChangeFeed)connector).CurrentCursorAsync(CancellationToken.None),
            async () => await ((IMappingReport)connector).ListUnmappedAsync(CancellationToken.None).ToListAsync(),
        ];

        foreach (var question in questions)
            (await question.Should().ThrowAsync<SourceFaultException>()).Which.Code.Should().Be("UNREACHABLE");
        await connector.DisposeAsync();
        await connector.DisposeAsync();
    }

    [Fact]
    public async Task A_report_with_another_number_of_its_own_is_not_there_for_who_asks_by_key_alone()
    {
        drop.Drop("a.hpr", AReport.File(AReport.Numbered("B1"), AReport.Numbered("B2") with { PatientCode = "2", Nir = null }));
        var stranger = new PatientKey(PatientKeySystems.InsNirTest, "162126587913677");
        var documents = (IDocumentContent)drop.Connector;

        (await documents.OpenContentAsync(stranger, "LABCHARMES/B1", CancellationToken.None)).Should().BeNull();
        var unnumbered = async () => await documents.OpenContentAsync(stranger, "LABCHARMES/B2", CancellationToken.None);
        (await unnumbered.Should().ThrowAsync<SourceFaultException>()).Which.Code.Should().Be("CERTIFIED_TRAITS_MISSING");
    }

    [Fact]
    public async Task Local_patients_are_listed_and_read_under_the_laboratorys_own_key()
    {
        drop.Drop("a.hpr", AReport.File(AReport.Numbered("B1"), AReport.Numbered("B2") with { PatientCode = "", Nir = null, GivenName = "LUC" }));
        await drop.ReadyAsync();

        var keys = await ((IPatientDirectory)drop.Connector).ListPatientsAsync(PatientPartition.All, null, CancellationToken.None).ToListAsync();

        keys.Select(key => key.Value).Should().BeEquivalentTo("LABCHARMES/0000004711", "LABCHARMES/~B2");
        foreach (var key in keys)
        {
            var items = await drop.Connector.ReadAsync(new ReadRequest([new PatientQuery(key)]), CancellationToken.None).ToListAsync();
            items.OfType<DossierEntry>().Should().HaveCount(3).And.OnlyContain(entry => entry.FiledUnder == key);
            (await ((IIdentityLookup)drop.Connector).FindTraitsAsync(key, CancellationToken.None).ToListAsync()).Should().ContainSingle();
        }
        (await ((IPatientDirectory)drop.Connector).ListPatientsAsync(PatientPartition.All, keys[0], CancellationToken.None).ToListAsync())
            .Should().Equal(keys[1]);
    }
}

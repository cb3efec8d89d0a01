using System.Text;
using DmpFederation.LegacySystems.ReseauDiabete;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.ReseauDiabete;

/// <summary>What weeks of exports leave to be seen.</summary>
public sealed class WeeklySequenceTests : NetworkFixture
{
    [Fact]
    public async Task A_corrected_row_keeps_its_local_id_and_has_a_new_version()
    {
        Export(10, HbA1c(501, 7.2m));
        var connector = Open();
        (await Shown(connector)).Should().Equal("suivi/501 7.2 v1");

        Export(11, HbA1c(501, 8.1m, version: 2));

        (await Shown(connector)).Should().Equal("suivi/501 8.1 v2");
        (await Read(connector)).OfType<SourceAsOf>().Single().Moment.Should().Be(new DateTimeOffset(2026, 3, 9, 5, 0, 0, TimeSpan.FromHours(1)));
    }

    [Fact]
    public async Task A_withdrawn_row_is_never_shown_even_when_an_older_week_comes_after_it()
    {
        Export(10, HbA1c(500));
        Export(12, Withdrawn(HbA1c(501), version: 3));
        var connector = Open();
        (await Shown(connector)).Should().Equal("suivi/500 7.2 v1");
        (await Read(connector)).OfType<ReadGap>().Single().Code.Should().Be("EXPORT_MISSING");

        Export(11, HbA1c(501), HbA1c(502));

        (await Shown(connector)).Should().Equal("suivi/500 7.2 v1", "suivi/502 7.2 v1");
        (await Read(connector)).OfType<ReadGap>().Should().BeEmpty();
    }

    [Fact]
    public async Task A_week_may_have_more_than_a_hundred_exports_and_the_last_word_stands()
    {
        Export(10, HbA1c(501));
        for (var further = 2; further <= 110; further++)
        {
            using var export = FurtherExport.Open(Folder, new DateTime(2026, 3, 3, 12, 0, 0));
            export.Correct(HbA1c(501, 5m + (further / 100m)));
            export.Name.Should().Be($"2026-S10-{further:00}");
        }

        var connector = Open();
        (await Shown(connector)).Should().ContainSingle().Which.Should().StartWith("suivi/501 6.1");
        (await Read(connector)).OfType<ReadGap>().Should().BeEmpty();
        (await Read(connector)).OfType<Unreadable>().Should().BeEmpty();
    }

    [Fact]
    public async Task Any_order_of_arrival_leaves_the_same_dossier()
    {
        var weeks = new Action[]
        {
            () => Export(10, HbA1c(501), HbA1c(502, 6.9m), HbA1c(503, 7m)),
            () => Export(11, HbA1c(501, 8.1m, version: 2), Withdrawn(HbA1c(503), 2)),
            () => Export(12, HbA1c(501, 8.4m, version: 3), HbA1c(504, 7.7m)),
        };
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        foreach (var order in orders)
        {
            foreach (var file in Directory.EnumerateFiles(Folder))
                File.Delete(file);
            var connector = Open(Directory.CreateDirectory(Path.Combine(State, string.Concat(order))).FullName);
            foreach (var week in order)
            {
                weeks[week]();
                await Read(connector);
            }
            (await Shown(connector)).Should().Equal("suivi/501 8.4 v3", "suivi/502 6.9 v1", "suivi/504 7.7 v1");
        }
    }

    [Fact]
    public async Task A_week_sent_again_changes_nothing()
    {
        Export(10, HbA1c(501));
        Export(11, HbA1c(501, 8.1m, version: 2));
        var connector = Open();
        await Read(connector);
        var feed = (IChangeFeed)connector;
        var cursor = await feed.CurrentCursorAsync(CancellationToken.None);

        File.SetLastWriteTimeUtc(PathOf(10), new DateTime(2026, 3, 17, 9, 0, 0, DateTimeKind.Utc));
        Export(12, HbA1c(501));

        (await Shown(connector)).Should().Equal("suivi/501 8.1 v2");
        (await feed.ReadChangesAsync(cursor, CancellationToken.None).ToListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_still_being_written_is_not_taken_and_said_only_when_it_stays_so()
    {
        Export(10, HbA1c(501));
        var connector = Open();
        await Read(connector);
        Export(11, HbA1c(501, 8.1m, version: 2), HbA1c(502));
        var whole = File.ReadAllBytes(PathOf(11));
        foreach (var length in (int[])[0, 40, whole.Length / 2, whole.Length - 20, whole.Length - 1])
        {
            await File.WriteAllBytesAsync(PathOf(11), whole[..length]);
            File.SetLastWriteTimeUtc(PathOf(11), Clock.GetUtcNow().UtcDateTime);
            (await Shown(connector)).Should().Equal("suivi/501 7.2 v1");
            (await Read(connector)).OfType<Unreadable>().Should().BeEmpty();
        }

        Clock.Advance(TimeSpan.FromMinutes(20));
        var late = (await Read(connector)).OfType<Unreadable>().Single();
        (late.Code, late.Position).Should().Be(("CSV_TRUNCATED", "reseau-diabete_2026-S11_suivi.csv"));

        await File.WriteAllBytesAsync(PathOf(11), whole);
        (await Shown(connector)).Should().Equal("suivi/501 8.1 v2", "suivi/502 7.2 v1");
    }

    [Fact]
    public async Task An_export_is_taken_when_both_files_are_there()
    {
        Export(10, HbA1c(501));
        var connector = Open();
        await Read(connector);
        Export(11, HbA1c(502));
        File.Move(PathOf(11, "patients"), Path.Combine(Folder, "later"));
        (await Shown(connector)).Should().Equal("suivi/501 7.2 v1");
        Clock.Advance(TimeSpan.FromDays(400));
        (await Read(connector)).OfType<Unreadable>().Single().Code.Should().Be("CSV_PAIR");
        File.Move(Path.Combine(Folder, "later"), PathOf(11, "patients"));
        (await Shown(connector)).Should().Equal("suivi/501 7.2 v1", "suivi/502 7.2 v1");
    }

    [Theory]
    [InlineData("suivi", "Unité", "Unites")]
    [InlineData("suivi", "Numéro d'enregistrement", "Numero")]
    [InlineData("patients", "Nom de naissance", "Nom")]
    public async Task A_missing_or_renamed_column_refuses_the_file_by_its_name_and_column(string kind, string column, string renamed)
    {
        Export(10, HbA1c(501));
        var connector = Open();
        await Read(connector);
        Export(11, HbA1c(502));
        Edit(11, kind, text => text.Replace(column, renamed, StringComparison.Ordinal));

        var refused = (await Read(connector)).OfType<Unreadable>().Single();
        refused.Code.Should().Be("CSV_COLUMNS");
        refused.Position.Should().Be($"reseau-diabete_2026-S11_{kind}.csv");
        refused.Reason.Should().Contain($"\"{column}\"");
        refused.Patient.Should().BeNull("the answer of everybody lacks that week");
        (await Shown(connector)).Should().Equal("suivi/501 7.2 v1");
    }

    [Fact]
    public async Task A_row_count_that_is_not_the_announced_one_refuses_the_export()
    {
        Export(10, HbA1c(501));
        Export(11, HbA1c(502), HbA1c(503));
        Edit(11, "suivi", text => text.Replace("FIN;2;", "FIN;3;", StringComparison.Ordinal));
        var items = await Read(Open());
        items.OfType<DossierEntry>().Select(entry => entry.LocalId).Should().Equal("suivi/501");
        items.OfType<Unreadable>().Single().Should().BeEquivalentTo(
            new { Code = "CSV_COUNT", Position = "reseau-diabete_2026-S11_suivi.csv", Reason = "The closing line announces 3 rows, the file has 2." });
    }

    [Fact]
    public async Task A_column_moved_or_added_is_no_matter()
    {
        Export(10, HbA1c(501));
        Edit(10, "suivi", text => string.Join("\r\n", text.Split("\r\n").Select(line => line.StartsWith("FIN", StringComparison.Ordinal) || line.Length == 0
            ? line
            : string.Join(';', line.Split(';').Reverse().Append("x")))));
        (await Shown(Open())).Should().Equal("suivi/501 7.2 v1");
    }

    [Fact]
    public async Task A_record_moved_to_another_patient_is_gone_from_the_first()
    {
        Export(10, HbA1c(501, person: 1));
        var connector = Open();
        var cursor = await ((IChangeFeed)connector).CurrentCursorAsync(CancellationToken.None);
        Export(11, HbA1c(501, person: 2, version: 2));
        (await Shown(connector, 1)).Should().BeEmpty();
        (await Shown(connector, 2)).Should().Equal("suivi/501 7.2 v2");
        var changes = await ((IChangeFeed)connector).ReadChangesAsync(cursor, CancellationToken.None).ToListAsync();
        changes.Should().HaveCount(2);
        changes[0].Should().BeOfType<EntryWithdrawn>().Which.Patient.Should().Be(Key(1));
        changes[1].Should().BeOfType<EntryChanged>().Which.Entry.FiledUnder.Should().Be(Key(2));
    }

    [Fact]
    public async Task A_patient_who_leaves_the_network_is_no_longer_shown_and_comes_back_whole()
    {
        Export(10, writer =>
        {
            writer.Add(Person());
            writer.Add(HbA1c(501));
        });
        var connector = Open();
        Export(11, writer => writer.Add(Person() with { Version = 2, Action = NetworkAction.Withdrawal }));
        (await Read(connector)).Should().ContainSingle(item => item is PatientUnknown).And.NotContain(item => item is DossierEntry);
        (await ((IPatientDirectory)connector).ListPatientsAsync(PatientPartition.All, null, CancellationToken.None).ToListAsync()).Should().BeEmpty();
        Export(12, writer => writer.Add(Person() with { Version = 3 }));
        (await Shown(connector)).Should().Equal("suivi/501 7.2 v1");
    }

    [Fact]
    public async Task The_index_is_built_again_when_it_is_removed_or_damaged()
    {
        Export(10, HbA1c(501));
        Export(11, HbA1c(501, 8.1m, version: 2), HbA1c(502));
        var connector = Open();
        var before = await Shown(connector);
        foreach (var file in Directory.EnumerateFiles(State))
            File.Delete(file);
        (await Shown(connector)).Should().Equal(before);

        await connector.DisposeAsync();
        foreach (var file in Directory.EnumerateFiles(State))
            File.Delete(file);
        await File.WriteAllTextAsync(Path.Combine(State, "reseau-diabete.sqlite"), new string('x', 10_000));
        (await Shown(Open())).Should().Equal(before);
    }

    [Fact]
    public async Task A_folder_that_is_away_is_unreachable_until_it_is_back()
    {
        Export(10, HbA1c(501));
        var connector = Open();
        await Read(connector);
        Directory.Move(Folder, Folder + ".away");
        var ask = () => Read(connector);
        await ask.Should().ThrowAsync<SourceFaultException>().Where(fault => fault.Code == SourceFaultCodes.Unreachable);
        var probe = async () => await connector.ProbeAsync(CancellationToken.None);
        await probe.Should().ThrowAsync<SourceFaultException>().Where(fault => fault.Code == SourceFaultCodes.Unreachable);
        Directory.Move(Folder + ".away", Folder);
        (await Shown(connector)).Should().Equal("suivi/501 7.2 v1");
    }

    [Fact]
    public async Task Without_any_export_nobody_is_said_to_be_unknown()
    {
        var connector = Open();
        var ask = () => Read(connector);
        await ask.Should().ThrowAsync<SourceFaultException>().Where(fault => fault.Code == "NO_EXPORT");
        var probe = async () => await connector.ProbeAsync(CancellationToken.None);
        await probe.Should().ThrowAsync<SourceFaultException>().Where(fault => fault.Code == "NO_EXPORT");
        Export(10, HbA1c(501));
        await connector.ProbeAsync(CancellationToken.None);
        (await Read(connector, 1, 2)).OfType<PatientUnknown>().Single().Patient.Should().Be(Key(2));
    }

    [SkippableFact]
    public async Task Links_and_hostile_names_are_not_followed()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need rights there");
        Export(10, HbA1c(501));
        Export(11, HbA1c(502));
        var outside = Path.Combine(State, "outside.csv");
        File.Move(PathOf(11), outside);
        File.CreateSymbolicLink(PathOf(11), outside);
        await File.WriteAllTextAsync(Path.Combine(Folder, "reseau-diabete_..%2F2026-S12_suivi.csv"), "x");
        Directory.CreateDirectory(Path.Combine(Folder, "reseau-diabete_2026-S13_suivi.csv"));
        var items = await Read(Open());
        items.OfType<DossierEntry>().Select(entry => entry.LocalId).Should().Equal("suivi/501");
        items.OfType<Unreadable>().Select(item => item.Code).Should().BeEquivalentTo("CSV_LINK", "CSV_NAME", "CSV_LINK");
        items.OfType<Unreadable>().Should().OnlyContain(item => !item.Position!.Contains('%'));
    }

    [Fact]
    public async Task Every_encoding_reads_alike_and_comments_keep_their_line_breaks()
    {
        foreach (var (week, encoding) in new (int, Encoding)[]
        {
            (10, CodePagesEncodingProvider.Instance.GetEncoding(1252)!), (11, new UTF8Encoding(true)), (12, new UTF8Encoding(false)),
        })
            Export(week, writer => writer.Add(HbA1c(500 + week) with { Comment = "À jeun ;\r\n« contrôle » \"œdème\"" }), encoding: encoding);
        var notes = (await Read(Open())).OfType<DossierEntry>().Select(entry => Encoding.UTF8.GetString(entry.Resource.Span)).ToList();
        notes.Should().HaveCount(3);
        notes.Should().OnlyContain(json => json.Contains("À jeun ;\\r\\n« contrôle » \\\"œdème\\\"", StringComparison.Ordinal));
    }
}

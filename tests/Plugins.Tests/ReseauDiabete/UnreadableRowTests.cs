using System.Text;
using DmpFederation.LegacySystems.ReseauDiabete;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.ReseauDiabete;

/// <summary>Rows that cannot be read: kept with their bytes and a reason, and the rest of the file is read.</summary>
public sealed class UnreadableRowTests : NetworkFixture
{
    [Theory]
    [InlineData("03/02/2026", "31/02/2026", "CSV_DATE")]
    [InlineData("03/02/2026", "2026-02-03", "CSV_DATE")]
    [InlineData("7,2", "7.2", "CSV_NUMBER")]
    [InlineData("7,2", "sept", "CSV_NUMBER")]
    [InlineData(";%;", ";pour cent;", "CSV_UNIT")]
    [InlineData("HBA1C", "HBA1D", "CSV_RUBRIC")]
    [InlineData("99700000016;", "99700000016;;", "CSV_FIELDS")]
    [InlineData(";C;", ";X;", "CSV_ACTION")]
    [InlineData("Noémie Leclercq", "\"Noémie\" Leclercq", "CSV_QUOTES")]
    [InlineData("Noémie Leclercq", "Noémie\u0001Leclercq", "CSV_TEXT")]
    [InlineData("\n501;1;", "\n501;un;", "CSV_NUMBER")]
    [InlineData("\n501;1;", "\n0501;1;", "CSV_NUMBER")]
    public async Task Each_reason_has_its_code_its_place_and_its_bytes(string written, string typed, string code)
    {
        Export(10, HbA1c(501), HbA1c(502));
        var line = "";
        Edit(10, "suivi", text =>
        {
            var at = text.IndexOf(written, StringComparison.Ordinal);
            text = string.Concat(text.AsSpan(0, at), typed, text.AsSpan(at + written.Length));
            line = text.Split("\r\n")[1];
            return text;
        });

        var changes = await ((IChangeFeed)Open()).ReadChangesAsync(null, CancellationToken.None).ToListAsync();

        var lost = changes[0].Should().BeOfType<ItemUnreadable>().Subject.Item;
        lost.Code.Should().Be(code);
        lost.Position.Should().Be("reseau-diabete_2026-S10_suivi.csv:2");
        CsvFile.EncodingOf(10).GetString(lost.Raw.Span).Should().Be(line + "\r\n");
        lost.Reason.Should().NotContainAny(InsC(1), "Leclercq", "sept", "un;");
        changes.Skip(1).Cast<EntryChanged>().Select(change => change.Entry.LocalId).Should().Equal("suivi/502");
    }

    [Fact]
    public async Task A_row_under_a_wrong_INS_C_key_belongs_to_nobody_who_asks()
    {
        var wrong = InsC(1)[..20] + (InsC(1)[20..] == "11" ? "12" : "11");
        Export(10, HbA1c(501) with { InsC = wrong }, HbA1c(502));
        var connector = Open();
        (await Shown(connector)).Should().Equal("suivi/502 7.2 v1");
        (await Read(connector)).OfType<Unreadable>().Should().BeEmpty();
        var lost = (await ((IChangeFeed)connector).ReadChangesAsync(null, CancellationToken.None).ToListAsync()).OfType<ItemUnreadable>().Single().Item;
        (lost.Code, lost.Patient, lost.LocalId).Should().Be(("CSV_KEY", null, "suivi/501"));
    }

    [Fact]
    public async Task A_row_that_names_its_patient_is_said_in_that_patients_answer_alone()
    {
        Export(10, HbA1c(501) with { Unit = "x" }, HbA1c(502, person: 2));
        var connector = Open();
        var lost = (await Read(connector, 1)).OfType<Unreadable>().Single();
        (lost.Patient, lost.LocalId).Should().Be((Key(1), "suivi/501"));
        (await Read(connector, 2)).OfType<Unreadable>().Should().BeEmpty();
        (await Read(connector, 1)).OfType<PatientUnknown>().Should().BeEmpty();
    }

    [Fact]
    public async Task A_quote_that_never_closes_costs_its_own_line_alone()
    {
        Export(10, HbA1c(501), HbA1c(502), HbA1c(503) with { Comment = "deux\nlignes" }, HbA1c(504));
        Edit(10, "suivi", text => text.Replace("\n502;1;C;", "\n502;1;C;\"", StringComparison.Ordinal));
        var connector = Open();
        (await Shown(connector)).Should().Contain("suivi/501 7.2 v1").And.Contain("suivi/504 7.2 v1");
        var lost = (await ((IChangeFeed)connector).ReadChangesAsync(null, CancellationToken.None).ToListAsync()).OfType<ItemUnreadable>().ToList();
        lost[0].Item.Position.Should().EndWith(":3");
        lost[0].Item.Code.Should().Be("CSV_QUOTES");
    }

    [Fact]
    public async Task Two_contents_under_one_version_are_a_fault_and_the_first_stands()
    {
        Export(10, HbA1c(501, 7.2m));
        var connector = Open();
        await Read(connector);
        Export(11, HbA1c(501, 9.9m));
        (await Shown(connector)).Should().Equal("suivi/501 7.2 v1");
        (await Read(connector)).OfType<Unreadable>().Single().Code.Should().Be("CSV_VERSION");
    }

    [Fact]
    public async Task A_withdrawal_counts_whatever_else_its_row_holds()
    {
        Export(10, HbA1c(501), HbA1c(502));
        Export(11, Withdrawn(HbA1c(501), 2) with { Unit = "?", Rubric = "?" });
        (await Shown(Open())).Should().Equal("suivi/502 7.2 v1");
    }

    [Fact]
    public async Task A_repaired_file_of_the_same_name_replaces_what_could_not_be_read()
    {
        Export(10, HbA1c(501) with { Unit = "x" }, HbA1c(502));
        var connector = Open();
        (await Read(connector)).OfType<Unreadable>().Should().ContainSingle();
        Clock.Advance(TimeSpan.FromMinutes(1));
        Export(10, HbA1c(501), HbA1c(502));
        (await Shown(connector)).Should().Equal("suivi/501 7.2 v1", "suivi/502 7.2 v1");
        (await Read(connector)).OfType<Unreadable>().Should().BeEmpty();
    }

    [Fact]
    public async Task No_reason_and_no_position_repeats_what_the_file_holds()
    {
        Export(10, HbA1c(501) with { Unit = "SECRET", Label = "SECRET" }, HbA1c(502) with { Rubric = "SECRET" });
        Edit(10, "patients", text => text.Replace("Prénoms", "SECRET", StringComparison.Ordinal));
        Export(11, HbA1c(503) with { Unit = "SECRET" });
        Edit(11, "suivi", text => text.Replace("FIN;", "FIN;SECRET;", StringComparison.Ordinal));
        Clock.Advance(TimeSpan.FromDays(999));
        Export(12, HbA1c(504));
        var items = (await Read(Open())).OfType<Unreadable>().ToList();
        items.Should().HaveCount(2);
        items.Should().OnlyContain(item => !item.Reason.Contains("SECRET") && !item.Position!.Contains("SECRET"));
        Encoding.UTF8.GetString(items[0].Raw.Span).Should().Contain("SECRET", "the heading is kept for whoever repairs it");
    }
}

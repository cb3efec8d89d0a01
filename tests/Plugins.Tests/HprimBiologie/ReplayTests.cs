using System.Text;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.HprimBiologie;

/// <summary>A bad line says nothing alone: it is read again in the report it stands in.</summary>
public sealed class ReplayTests : IAsyncLifetime
{
    private readonly DropFolder drop = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await drop.DisposeAsync();

    [Fact]
    public async Task A_line_that_still_cannot_be_read_says_why_and_keeps_what_was_known_of_it()
    {
        Drop("RESULTAT SANS BARRES");
        var lost = (await drop.ReadAsync()).OfType<Unreadable>().Single();

        var still = (Unreadable)(await ReplayAsync(lost)).Single();

        (still.Code, still.LocalId, still.Patient, still.Position).Should().Be(("HPRIM_LAB_LINE", "LABCHARMES/B1", AReport.Key, lost.Position));
    }

    [Fact]
    public async Task A_line_that_can_be_read_now_gives_its_report_under_the_items_patient()
    {
        // What an earlier build could not read and this one can: a line that stands among the results.
        Drop("TEX|Prélèvement à jeun");
        await drop.ReadyAsync();

        var items = await ReplayAsync(Item("TEX|Prélèvement à jeun\r\n", "LABCHARMES/B1"));

        items.Cast<DossierEntry>().Select(entry => entry.LocalId).Should().Equal(
            "LABCHARMES/B1", "LABCHARMES/B1/HBA1C 001", "LABCHARMES/B1/GLYC 001");
        items.Cast<DossierEntry>().Should().OnlyContain(entry => entry.FiledUnder == AReport.Key);
    }

    [Theory]
    [InlineData("RES|Glucose|GLYC 001|N|1.1|g/l|\r\n", "LABCHARMES/B1")]
    [InlineData("TEX|Prélèvement à jeun\r\n", "LABCHARMES/B9")]
    public async Task A_line_of_a_report_that_no_longer_holds_it_stays_unreadable(string line, string report)
    {
        Drop("TEX|Prélèvement à jeun");
        await drop.ReadyAsync();

        ((Unreadable)(await ReplayAsync(Item(line, report))).Single()).Code.Should().Be("HPRIM_LAB_LINE");
    }

    [Fact]
    public async Task What_belonged_to_nobody_is_read_as_a_file_under_the_laboratorys_own_key()
    {
        var entries = await ReplayAsync(Item(AReport.Print(AReport.Numbered("B7")), null, null));

        entries.Cast<DossierEntry>().Should().HaveCount(3).And.OnlyContain(
            entry => entry.FiledUnder == new PatientKey("urn:dmpfederation:labo-patient", "LABCHARMES/0000004711"));
        ((Unreadable)(await ReplayAsync(Item("not hprim", null, null))).Single()).Code.Should().Be("HPRIM_HEADER_CUT");
    }

    [Fact]
    public async Task A_number_that_two_reports_bear_stays_in_dispute_and_a_file_without_bytes_stays_what_it_is()
    {
        var raw = AReport.Print(AReport.Numbered("B7"));

        ((Unreadable)(await ReplayAsync(Item(raw, null, null, "HPRIM_NUMBER_REUSED"))).Single()).Code.Should().Be("HPRIM_NUMBER_REUSED");
        ((Unreadable)(await ReplayAsync(Item("", null, null, "HPRIM_FILE_TOO_LARGE"))).Single()).Code.Should().Be("HPRIM_FILE_TOO_LARGE");
    }

    private void Drop(string line) => drop.Drop("a.hpr", Encoding.Latin1.GetBytes(
        AReport.Print(AReport.Numbered("B1")).Replace("****FIN****", line + "\r\n****FIN****", StringComparison.Ordinal)));

    private ValueTask<List<ReadItem>> ReplayAsync(Unreadable item) =>
        ((IItemReplay)drop.Connector).ReplayAsync(item, CancellationToken.None).ToListAsync();

    private static Unreadable Item(string raw, string? localId) => Item(raw, localId, AReport.Key);

    private static Unreadable Item(string raw, string? localId, PatientKey? patient, string code = "HPRIM_LAB_LINE") => new()
    {
        Code = code,
        Reason = "A line of the LAB part is neither TEX nor RES.",
        Position = "a.hpr:20",
        LocalId = localId,
        Patient = patient,
        Raw = Encoding.Latin1.GetBytes(raw),
    };
}

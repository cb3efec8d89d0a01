using System.Text;
using DmpFederation.Plugins.HistoriqueRemboursements;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.HistoriqueRemboursements;

public sealed class ReplayTests
{
    private static readonly string Valid = Histories.Document(Histories.Acts(Histories.Act()));

    [Fact]
    public async Task A_document_that_can_be_read_now_gives_its_lines_under_the_patient_it_was_asked_for()
    {
        var entry = (DossierEntry)await ReplayAsync(Valid);

        (entry.FiledUnder, entry.Subject, entry.Category).Should().Be((Histories.Patient, Histories.Patient, EntryCategory.Procedure));
    }

    [Theory]
    [InlineData("<broken>", "CDA_NOT_XML")]
    [InlineData("<ClinicalDocument xmlns='urn:hl7-org:v3'/>", "HR_NOT_A_HISTORY")]
    public async Task One_that_still_cannot_be_read_says_why_and_keeps_what_was_known_of_it(string document, string code)
    {
        var still = (Unreadable)await ReplayAsync(document);

        (still.Code, still.LocalId, still.Patient, still.Position).Should().Be(
            (code, "WM00000001-2026", Histories.Patient, "document WM00000001-2026"));
    }

    [Fact]
    public async Task One_that_is_about_another_patient_names_that_patient_so_that_the_hub_can_stop_it()
    {
        var other = (DossierEntry)await ReplayAsync(Valid.Replace(Histories.Patient.Value, "255069938600149", StringComparison.Ordinal));

        (other.FiledUnder, other.Subject!.Value.Value).Should().Be((Histories.Patient, "255069938600149"));
    }

    [Fact]
    public async Task A_change_that_can_be_read_now_is_the_line_it_tells_of()
    {
        var entry = (DossierEntry)await ReplayAsync(Change("A", Valid[Valid.IndexOf("<ClinicalDocument", StringComparison.Ordinal)..]));

        (entry.FiledUnder, entry.Category).Should().Be((Histories.Patient, EntryCategory.Procedure));
        entry.LocalId.Should().StartWith("WM00000001/act/20260212/");
    }

    [Theory]
    [InlineData("Z", "HR_CHANGE_ACTION")]
    [InlineData("A", "HR_CHANGE_EXTRACT")]
    [InlineData("S", "HR_CHANGE_LINE")]
    public async Task A_change_that_still_cannot_be_read_says_why(string action, string code) =>
        ((Unreadable)await ReplayAsync(Change(action, ""))).Code.Should().Be(code);

    private static string Change(string action, string inside) => $"""
        <modification xmlns="urn:web-medecin:historique:2009" numero="7" action="{action}" dossier="WM00000001" oid="1.2.250.1.213.1.4.10"
        matricule="{Histories.Patient.Value}">{inside}</modification>
        """;

    private static ValueTask<ReadItem> ReplayAsync(string raw) => new HistoriqueRemboursementsPlugin().ReplayAsync(
        new Unreadable
        {
            Code = "CDA_NOT_XML",
            Reason = "The file is not well-formed XML.",
            Position = "document WM00000001-2026",
            LocalId = "WM00000001-2026",
            Patient = Histories.Patient,
            Raw = Encoding.UTF8.GetBytes(raw),
        },
        CancellationToken.None).SingleAsync();
}

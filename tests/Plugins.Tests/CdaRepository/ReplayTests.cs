using System.Text;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.CdaRepository.Tests;

public sealed class ReplayTests
{
    private static readonly PatientKey Patient = new(PatientKeySystems.InsNirTest, CdaSample.Ins);
    private static readonly string Valid = CdaSample.One("18719-5", CdaSample.Result("<value xsi:type=\"PQ\" value=\"12.5\" unit=\"g/dL\"/>"));

    [Fact]
    public async Task A_document_that_can_be_read_now_gives_its_facts_under_the_patient_and_id_it_had_in_the_store()
    {
        var entries = (await ReplayAsync(Valid)).Cast<DossierEntry>().ToList();

        entries.Select(static entry => entry.Category).Should().Equal(EntryCategory.Document, EntryCategory.LabResult);
        entries.Should().OnlyContain(entry => entry.FiledUnder == Patient && entry.Subject == Patient);
        entries[0].LocalId.Should().Be("2.999.1.77");
        entries[1].DocumentLocalId.Should().Be("2.999.1.77");
    }

    [Fact]
    public async Task One_that_still_cannot_be_read_says_why_and_keeps_what_was_known_of_it()
    {
        var still = (Unreadable)(await ReplayAsync("<broken>")).Single();

        (still.Code, still.LocalId, still.Patient).Should().Be(("CDA_NOT_XML", "2.999.1.77", Patient));
    }

    [Fact]
    public async Task One_that_is_about_another_patient_names_that_patient_so_that_the_hub_can_stop_it()
    {
        var other = await ReplayAsync(Valid.Replace(CdaSample.Ins, "255069938600149", StringComparison.Ordinal));

        other.Cast<DossierEntry>().Should().OnlyContain(
            static entry => entry.FiledUnder == Patient && entry.Subject!.Value.Value == "255069938600149");
    }

    private static ValueTask<List<ReadItem>> ReplayAsync(string xml) => new CdaRepositoryPlugin().ReplayAsync(
        new Unreadable
        {
            Code = "CDA_NOT_XML",
            Reason = "The file is not well-formed XML.",
            Position = "documents/2.999.1.77, line 1",
            LocalId = "2.999.1.77",
            Patient = Patient,
            Raw = Encoding.UTF8.GetBytes(xml),
        },
        CancellationToken.None).ToListAsync();
}

using System.Text;
using DmpFederation.LegacySystems.ReseauDiabete;
using DmpFederation.Plugins.ReseauDiabete;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.ReseauDiabete;

/// <summary>Rows that were kept because nobody could read them, read again from their bytes.</summary>
public sealed class ReplayTests : NetworkFixture
{
    [Fact]
    public async Task A_row_that_can_be_read_now_is_the_fact_of_its_patient()
    {
        var lost = await LostAsync(HbA1c(501) with { Unit = "pour cent", Professional = "Noémie Leclercq" });
        var mended = Encoding.Latin1.GetString(lost.Raw.Span).Replace(";pour cent;", ";%;", StringComparison.Ordinal);

        var entry = (DossierEntry)await ReplayAsync(lost, Encoding.Latin1.GetBytes(mended));

        (entry.LocalId, entry.FiledUnder, entry.Value?.Number).Should().Be(("suivi/501", Key(1), 7.2m));
        entry.Author!.Name.Should().Be("Noémie Leclercq");
    }

    [Fact]
    public async Task A_row_that_still_cannot_be_read_says_why_and_keeps_what_was_known_of_it()
    {
        var lost = await LostAsync(HbA1c(501) with { Unit = "pour cent" });

        var still = (Unreadable)await ReplayAsync(lost, lost.Raw.ToArray());

        (still.Code, still.LocalId, still.Patient, still.Position).Should().Be(("CSV_UNIT", "suivi/501", Key(1), lost.Position));
    }

    [Fact]
    public async Task A_row_of_another_number_or_patient_than_the_one_it_was_kept_under_is_not_believed()
    {
        var lost = await LostAsync(HbA1c(501) with { Unit = "?" });
        var row = Encoding.Latin1.GetString(lost.Raw.Span).Replace(";?;", ";%;", StringComparison.Ordinal);

        foreach (var (written, other) in new[] { ("501;", "502;"), (InsC(1), InsC(2)) })
        {
            var strange = Encoding.Latin1.GetBytes(row.Replace(written, other, StringComparison.Ordinal));
            ((Unreadable)await ReplayAsync(lost, strange)).Code.Should().Be("CSV_KEY");
        }
    }

    [Fact]
    public async Task Two_contents_under_one_version_stay_in_dispute()
    {
        Export(10, HbA1c(501, 7.2m));
        Export(11, HbA1c(501, 9.9m));
        var lost = (await Read(Open())).OfType<Unreadable>().Single();

        ((Unreadable)await ReplayAsync(lost, lost.Raw.ToArray())).Code.Should().Be("CSV_VERSION");
    }

    [Fact]
    public async Task A_file_that_was_refused_is_read_from_the_folder_alone()
    {
        Export(10, HbA1c(501));
        Export(11, HbA1c(502));
        Edit(11, "suivi", text => text.Replace("Version", "Versions", StringComparison.Ordinal));
        var lost = (await Read(Open())).OfType<Unreadable>().Single();

        ((Unreadable)await ReplayAsync(lost, lost.Raw.ToArray())).Code.Should().Be("CSV_COLUMNS");
    }

    private async Task<Unreadable> LostAsync(NetworkRow row)
    {
        Export(10, row);
        return (await Read(Open())).OfType<Unreadable>().Single();
    }

    private static ValueTask<ReadItem> ReplayAsync(Unreadable item, byte[] raw) => new ReseauDiabetePlugin().ReplayAsync(
        new Unreadable
        {
            Code = item.Code,
            Reason = item.Reason,
            Position = item.Position,
            LocalId = item.LocalId,
            Patient = item.Patient,
            Raw = raw,
        },
        CancellationToken.None).SingleAsync();
}

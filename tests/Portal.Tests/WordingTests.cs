using DmpFederation.PartnerPortal.Hub;
using DmpFederation.PartnerPortal.Wording;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Portal.Tests;

/// <summary>What the portal says in French.</summary>
public sealed class WordingTests
{
    [Theory]
    [InlineData("2009", "2009")]
    [InlineData("2009-03", "mars 2009")]
    [InlineData("2009-03-12", "12 mars 2009")]
    [InlineData("2009-08-01", "1er août 2009")]
    [InlineData("2009-03-12T08:15:00+01:00", "12 mars 2009 à 08:15")]
    [InlineData("vers 2009", "vers 2009")]
    [InlineData(null, "Date non enregistrée")]
    public void A_date_is_as_precise_as_it_was_recorded(string? recorded, string shown) => DateText.Of(recorded).Should().Be(shown);

    [Theory]
    [InlineData("ANSWERED", null, SourceStanding.Answered)]
    [InlineData("UNKNOWN_PATIENT", null, SourceStanding.Nothing)]
    [InlineData("NOT_ASKED", "CATEGORY_NOT_HELD", SourceStanding.Nothing)]
    [InlineData("NOT_ASKED", "NO_KEY", SourceStanding.Gap)]
    [InlineData("NOT_ALLOWED", null, SourceStanding.Gap)]
    [InlineData("PARTIAL", "DEADLINE", SourceStanding.Gap)]
    [InlineData("TIMED_OUT", null, SourceStanding.Gap)]
    [InlineData("CIRCUIT_OPEN", null, SourceStanding.Gap)]
    [InlineData("FAILED", "UNREACHABLE", SourceStanding.Gap)]
    [InlineData("QUARANTINED", null, SourceStanding.Gap)]
    [InlineData("SOMETHING_NEW", null, SourceStanding.Gap)]
    public void Every_status_of_a_source_has_words_and_what_is_not_known_counts_as_a_gap(string status, string? reason, SourceStanding standing)
    {
        var sentence = SourceSentence.Of(new SourceAnswer("x", status, reason, 1, 10, null), new Dictionary<string, string> { ["x"] = "Dossier X" });

        sentence.Standing.Should().Be(standing);
        sentence.Name.Should().Be("Dossier X");
        sentence.Text.Should().NotBeEmpty();
    }

    [Fact]
    public void A_value_is_written_as_in_French_with_its_range_and_flag()
    {
        var value = new EntryValue { Number = 7.40m, Comparator = "<", Unit = "%", Interpretation = "HH", ReferenceHigh = 6.5m };

        ValueText.Of(value).Should().Be("<7,40 %");
        ValueText.Range(value).Should().Be("réf. jusqu'à 6,5");
        ValueText.Flag(value).Should().Be("Très élevé");
        ValueText.Of(new EntryValue { Coding = new EntryCode(null, "A", "Groupe A") }).Should().Be("Groupe A");
        ValueText.Of(new EntryValue { Number = 1, UnitCode = "{box}" }).Should().Be("1 boîte");
        ValueText.Of(new EntryValue { Number = 2, Unit = "boîte" }).Should().Be("2 boîtes");
        ValueText.Of(new EntryValue { Number = 3, UnitCode = "{dose}" }).Should().Be("3 dose");
        ValueText.Of(null).Should().BeNull();
    }
}

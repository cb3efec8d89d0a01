using DmpFederation.Hub.Quarantine;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Quarantine;

public sealed class ShownTextTests
{
    [Theory]
    [InlineData("notes/279035121518989/1.txt", "notes/…/1.txt")]
    [InlineData("2 79 03 51 215 189 89.xml", "….xml")]
    [InlineData("2A9035121518989", "…")]
    [InlineData("0002150957680422124234", "…")]
    [InlineData("1500815051040", "…")]
    [InlineData("LOCAL-77, row 3", "…, row 3")]
    [InlineData("documents/2.999.25.1^FC1.2, line 12, column 4", "documents/2.999.25.1^FC1.2, line 12, column 4")]
    [InlineData("urn:oid:1.2.250.1.213.1.4.10", "urn:oid:1.2.250.1.213.1.4.10")]
    [InlineData("entry[12]", "entry[12]")]
    public void Numbers_that_could_be_a_person_s_and_the_key_itself_are_hidden_and_places_stay_readable(string text, string shown) =>
        ShownText.Of(Item("LOCAL-77"), text).Should().Be(shown);

    [Fact]
    public void What_is_not_there_is_not_shown() => ShownText.Of(Item(null), null).Should().BeNull();

    private static QuarantinedItem Item(string? patient) => new()
    {
        SourceId = "north",
        PluginId = "notes",
        Code = "X",
        Reason = "",
        Fingerprint = "",
        Sha256 = "",
        PatientValue = patient,
    };
}

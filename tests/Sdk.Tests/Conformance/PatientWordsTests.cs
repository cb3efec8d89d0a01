using DmpFederation.Sdk.Conformance.Checks;
using DmpFederation.Sdk.Conformance.Fixtures;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Sdk.Tests.Conformance;

public class PatientWordsTests
{
    private static readonly PatientWords Words = new(new Fixture
    {
        Settings = [],
        PatientKeySystems = [PatientKeySystems.InsNirTest],
        Legacy = new LegacyFixture { Kind = LegacyKind.Files },
        Patients =
        [
            new PatientFixture
            {
                Name = "one",
                Key = new KeyFixture { System = PatientKeySystems.InsNirTest, Value = "279035121518989" },
                Traits = new TraitsFixture { BirthName = "DARK", GivenNames = ["Jo"], BirthDate = "1960-05-30" },
                Entries = [],
            },
        ],
        UnknownPatient = new PersonFixture { Key = new KeyFixture { System = PatientKeySystems.InsNirTest, Value = "260058815400233" } },
    });

    [Theory]
    [InlineData("GET /patients/279035121518989.ndjson failed")]
    [InlineData("row x260058815400233x")]
    [InlineData("Mme Dark n'est pas connue")]
    [InlineData("born 1960-05-30")]
    [InlineData("F 19600530")]
    public void A_person_is_found(string text) => Words.FindIn(text).Should().NotBeNull();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Darkness of the image")]
    [InlineData("Jo")]
    [InlineData("279035121518988")]
    public void Other_words_are_not(string? text) => Words.FindIn(text).Should().BeNull();
}

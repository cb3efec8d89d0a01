using CsCheck;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Sdk.Tests;

public class SeamTests
{
    private static readonly PatientKey Key = new(PatientKeySystems.InsNirTest, "279035121518989");

    [Theory]
    [InlineData("", 2166136261u)]
    [InlineData("a", 0xE40C292Cu)]
    [InlineData("foobar", 0xBF9CF968u)]
    public void Patients_are_cut_by_FNV_1a_so_that_every_party_cuts_alike(string value, uint hash)
    {
        const int Count = 64;

        new PatientPartition((int)(hash % Count), Count).Contains(new PatientKey("urn:x", value)).Should().BeTrue();
    }

    [Fact]
    public void Every_patient_is_in_exactly_one_part() => Gen.Select(Gen.String, Gen.Int[1, 40]).Sample((value, count) =>
        Enumerable.Range(0, count).Count(index => new PatientPartition(index, count).Contains(new PatientKey("urn:x", value))).Should().Be(1));

    [Fact]
    public void The_whole_is_a_part() => PatientPartition.All.Contains(Key).Should().BeTrue();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 4)]
    [InlineData(4, 4)]
    public void A_part_that_does_not_exist_is_an_error_not_an_empty_answer(int index, int count)
    {
        var ask = () => new PatientPartition(index, count).Contains(Key);

        ask.Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Nothing_of_a_patient_is_printed_by_accident()
    {
        var traits = new PatientTraits
        {
            BirthName = "NESSI",
            UsedName = "MARTIN",
            GivenNames = ["RUTH"],
            BirthDate = FhirDate.Parse("1979-03-28"),
            Sex = TraitSex.Female,
            BirthPlaceCode = "51215",
            Keys = [Key],
        };
        var query = new PatientQuery(Key, traits);
        var entry = new DossierEntry
        {
            LocalId = "Observation/1",
            FiledUnder = Key,
            Category = EntryCategory.LabResult,
            Title = "NESSI",
            Resource = "{}"u8.ToArray(),
        };
        object[] printed =
        [
            Key, traits, query, new ReadRequest([query]), entry, new EntryContext(Key), new PatientFound(Key, traits), new PatientUnknown(Key),
            new ReadGap("X", Key), new EntryWithdrawn("c", Key, "1"), new EntryChanged("c", entry), new EntryAuthor("279035121518989", "RUTH NESSI"),
        ];

        foreach (var text in printed.Select(thing => thing.ToString()!))
        {
            text.Should().NotContain("279035121518989").And.NotContain("NESSI").And.NotContain("MARTIN").And.NotContain("RUTH");
            text.Should().NotContain("1979").And.NotContain("51215").And.NotContain("Female");
        }
    }

    [Fact]
    public void A_fault_says_its_code_and_nothing_else() =>
        new SourceFaultException(SourceFaultCodes.TooLarge).Message.Should().Be("The source failed: TOO_LARGE.");

    [Theory]
    [InlineData(PatientKeySystems.InsNir, true)]
    [InlineData(PatientKeySystems.InsC, true)]
    [InlineData("urn:oid:1.2.3", false)]
    [InlineData(null, false)]
    public void National_identifiers_are_told_from_local_ones(string? system, bool national) => PatientKeySystems.IsIns(system).Should().Be(national);
}

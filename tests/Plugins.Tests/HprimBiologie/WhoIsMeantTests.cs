using DmpFederation.LegacySystems.LabosRhoneAlpes;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.HprimBiologie;

/// <summary>Patients are found by certified traits, never by a name or a number alone.</summary>
public sealed class WhoIsMeantTests : IAsyncLifetime
{
    // A woman born in March 1979, with a right key.
    private const string AnotherWomansNir = "279032500100127";
    private const string AParentsNir = "155092A88992342";

    private readonly DropFolder drop = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await drop.DisposeAsync();

    [Theory]
    [InlineData("Pat Trois", "dominique")]
    [InlineData("PATTROIS", "DOMINIQUE")]
    [InlineData("Pât-Trois", "Marie Louise")]
    public async Task Accents_hyphens_and_capitals_do_not_part_a_person(string name, string given)
    {
        Drop(AReport.Numbered("B1") with { Name = name, GivenName = given, Nir = null });

        (await drop.EntriesAsync()).Should().HaveCount(3);
    }

    [Theory]
    [InlineData("LECOEUVRE", "ZOÉ", 3)]
    [InlineData("LECUVRE", "ZOE", 3)]
    [InlineData("LECOUVRE", "Zoé", 3)]
    [InlineData("LECEUVRE", "Zoé", 0)]
    [InlineData("LECAUVRE", "Zoé", 0)]
    public async Task Letters_an_old_encoding_lacks_may_be_spelt_out_dropped_or_replaced_by_the_nearest(string name, string given, int entries)
    {
        Drop(AReport.Numbered("B1") with { Name = name, GivenName = given, Nir = null });
        var certified = AReport.Traits with { BirthName = "Lecœuvre", GivenNames = ["Zoé"] };

        (await drop.ReadAsync(certified)).OfType<DossierEntry>().Should().HaveCount(entries);
    }

    [Fact]
    public async Task The_number_of_a_parent_neither_helps_nor_harms()
    {
        Drop(AReport.Numbered("B1") with { Nir = AParentsNir });

        (await drop.EntriesAsync()).Should().HaveCount(3);
        var parent = AReport.Traits with { BirthName = "LECA", GivenNames = ["ANGE"], BirthDate = FhirDate.Parse("1955-09-01"), Sex = TraitSex.Male, Keys = [] };
        (await drop.ReadAsync(parent, new PatientKey(PatientKeySystems.InsNirTest, AParentsNir))).OfType<PatientUnknown>().Should().ContainSingle();
    }

    [Theory]
    [InlineData("PAT-QUATRE", "DOMINIQUE", "1979-03-28")]
    [InlineData("PAT-TROIS", "JACQUES", "1979-03-28")]
    [InlineData("PAT-TROIS", "DOMINIQUE", "1979-03-29")]
    public async Task The_right_number_under_other_traits_finds_nobody(string name, string given, string birth)
    {
        Drop(AReport.Numbered("B1") with { Name = name, GivenName = given, BirthDate = DateOnly.Parse(birth) });

        (await drop.ReadAsync()).OfType<PatientUnknown>().Should().ContainSingle();
    }

    [Fact]
    public async Task A_homonym_with_a_number_of_her_own_is_not_the_patient()
    {
        Drop(AReport.Numbered("B1"), AReport.Numbered("B2") with { PatientCode = "2", Nir = AnotherWomansNir });

        var items = await drop.ReadAsync();
        items.OfType<DossierEntry>().Should().HaveCount(3).And.OnlyContain(entry => entry.LocalId.StartsWith("LABCHARMES/B1"));
        items.Should().NotContain(item => item is ReadGap);
    }

    [Fact]
    public async Task A_file_that_may_be_a_homonyms_is_given_to_nobody_and_said()
    {
        Drop(
            AReport.Numbered("B1"), AReport.Numbered("B2") with { PatientCode = "2", Nir = AnotherWomansNir },
            AReport.Numbered("B3") with { PatientCode = "3", Nir = null });

        var items = await drop.ReadAsync();
        items.OfType<DossierEntry>().Should().OnlyContain(entry => entry.LocalId.StartsWith("LABCHARMES/B1"));
        items.OfType<ReadGap>().Should().ContainSingle().Which.Code.Should().Be("PATIENT_AMBIGUOUS");
    }

    [Fact]
    public async Task Two_candidates_without_a_number_are_nobody()
    {
        Drop(AReport.Numbered("B1") with { Nir = null }, AReport.Numbered("B2") with { PatientCode = "2", Nir = null });

        var items = await drop.ReadAsync();
        items.OfType<DossierEntry>().Should().BeEmpty();
        items.OfType<ReadGap>().Should().ContainSingle().Which.Code.Should().Be("PATIENT_AMBIGUOUS");
        items.Should().NotContain(item => item is PatientUnknown);
    }

    [Fact]
    public async Task Of_twins_the_given_name_decides()
    {
        Drop(AReport.Numbered("B1") with { Nir = null }, AReport.Numbered("B2") with { PatientCode = "2", GivenName = "CAMILLE", Nir = null });

        (await drop.EntriesAsync()).Should().HaveCount(3).And.OnlyContain(entry => entry.LocalId.StartsWith("LABCHARMES/B1"));
    }

    [Fact]
    public async Task A_report_without_a_day_of_birth_may_be_of_everybody_of_its_names_and_of_nobody_else()
    {
        Drop(AReport.Numbered("B1"), AReport.Numbered("B2") with { PatientCode = "2", BirthDate = null, Nir = null });

        var items = await drop.ReadAsync();
        items.OfType<DossierEntry>().Should().HaveCount(3).And.OnlyContain(entry => entry.LocalId.StartsWith("LABCHARMES/B1"));
        items.OfType<ReadGap>().Should().ContainSingle().Which.Code.Should().Be("PATIENT_AMBIGUOUS");
        (await drop.ReadAsync(AReport.Traits with { BirthDate = FhirDate.Parse("1981-03-28"), Keys = [] }))
            .Should().NotContain(item => item is PatientUnknown);
        (await drop.ReadAsync(AReport.Traits with { GivenNames = ["LUC"], Keys = [] })).OfType<PatientUnknown>().Should().ContainSingle();
    }

    [Fact]
    public async Task Without_certified_traits_nobody_is_looked_for()
    {
        Drop(AReport.Numbered("B1"));
        await drop.ReadyAsync();

        var items = await drop.Connector.ReadAsync(new ReadRequest([new PatientQuery(AReport.Key)]), CancellationToken.None).ToListAsync();

        items.OfType<ReadGap>().Should().ContainSingle().Which.Code.Should().Be("CERTIFIED_TRAITS_MISSING");
        items.Should().NotContain(item => item is DossierEntry || item is PatientUnknown);
    }

    private void Drop(params IEnumerable<LaboratoryReport> reports) => drop.Drop("a.hpr", AReport.File(reports));
}

using DmpFederation.Hub.Identity.Traits;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Identity.Traits;

/// <summary>hub/Identity/README.md, rule by rule.</summary>
public sealed class TraitsComparisonTests
{
    private static readonly PatientTraits Certified = Traits("D'ALENÇON", ["HÉLÈNE", "MARIE-LOUISE"], "1979-03-28", TraitSex.Female, "51215");

    [Theory]
    [InlineData("d'Alençon")]
    [InlineData("DALENCON")]
    [InlineData("D ALENCON")]
    [InlineData("D’Alençon")]
    public void Capitals_accents_apostrophes_and_spaces_are_no_difference(string name) =>
        Compare(Certified with { BirthName = name }).Verdict.Should().Be(TraitsVerdict.Agreement);

    [Theory]
    [InlineData("MARTIN-DUPONT", "MARTIN", "IDV-112")]
    [InlineData("DE LA TOUR", "TOUR", "IDV-112")]
    [InlineData("VANDENBROUCKE-LESCURE", "VANDENBROUCKE L", "IDV-113")]
    [InlineData("LECŒUR", "LEC?UR", "IDV-114")]
    [InlineData("LECŒUR", "LECUR", "IDV-114")]
    [InlineData("HÉNIN", "H?NIN", "IDV-114")]
    [InlineData("HÉNIN", "HNIN", "IDV-114")]
    [InlineData("HÉNIN", "HÃ©NIN", "IDV-114")]
    [InlineData("HÉNIN", "HÃ‰NIN", "IDV-114")]
    [InlineData("HENIN", "HNIN", "IDV-114")]
    [InlineData("DUPONT", "DUPOND", "IDV-115")]
    [InlineData("MUELLER", "MULLER", "IDV-114")]
    [InlineData("LEGRAND", "LERGAND", "IDV-115")]
    [InlineData("ROUX", "NOËL", "IDV-110")]
    public void A_birth_name_is_judged_by_how_legacy_systems_write(string certified, string stated, string rule)
    {
        var comparison = Compare(Certified with { BirthName = stated }, Certified with { BirthName = certified });
        comparison.Verdict.Should().Be(TraitsVerdict.Tolerable, "a name alone is never a mismatch");
        comparison.Differences.Should().Equal(new TraitDifference(IdentityTrait.BirthName, rule));
    }

    [Fact]
    public void A_used_name_filed_as_birth_name_is_tolerated_and_a_used_name_alone_contradicts_nothing()
    {
        var married = Certified with { BirthName = "Roux", UsedName = "d'Alençon" };
        Compare(married).Differences.Should().Equal(new TraitDifference(IdentityTrait.BirthName, "IDV-111"));
        Compare(Certified with { BirthName = null, UsedName = "Roux" }).Verdict.Should().Be(TraitsVerdict.Agreement);
        Compare(Certified with { UsedName = "Roux" }).Verdict.Should().Be(TraitsVerdict.Agreement);
    }

    [Theory]
    [InlineData(new[] { "Hélène" }, null)]
    [InlineData(new[] { "Helene Marie Louise" }, null)]
    [InlineData(new[] { "HELENE", "MARIELOUISE" }, null)]
    [InlineData(new[] { "MARIE-LOUISE" }, "IDV-121")]
    [InlineData(new[] { "MARIE-LOUISE", "HELENE" }, "IDV-121")]
    [InlineData(new[] { "HELENE", "M.-L." }, "IDV-122")]
    [InlineData(new[] { "HELENEMARI" }, "IDV-123")]
    [InlineData(new[] { "H?L?NE" }, "IDV-124")]
    [InlineData(new[] { "HLNE" }, "IDV-124")]
    [InlineData(new[] { "RUTH" }, "IDV-120")]
    [InlineData(new[] { "RUTH", "MARIE-LOUISE" }, "IDV-120")]
    public void Given_names_agree_from_the_first_on_and_are_tolerated_in_part_or_order(string[] stated, string? rule)
    {
        var comparison = Compare(Certified with { GivenNames = stated });
        comparison.IsMismatch.Should().BeFalse("a name alone is never a mismatch");
        comparison.Differences.Select(difference => difference.RuleId).Should().Equal(rule is null ? [] : [rule]);
    }

    [Theory]
    [InlineData("1979-03-28", "1979", "IDV-131")]
    [InlineData("1979-03-28", "1979-03", "IDV-131")]
    [InlineData("1979-03-28", "1979-03-01", "IDV-132")]
    [InlineData("1979-03-28", "1979-01-01", "IDV-132")]
    [InlineData("1979-12-31", "1979-03-28", "IDV-132")]
    [InlineData("1979-03-28", "1979-03-18", "IDV-133")]
    [InlineData("1979-03-28", "1979-08-28", "IDV-133")]
    [InlineData("1979-03-12", "1979-12-03", "IDV-133")]
    [InlineData("1979-03-28", "1997-03-28", "IDV-133")]
    public void A_birth_date_may_be_coarse_stand_in_for_an_unknown_one_or_be_mistyped_when_all_else_confirms(
        string certified, string stated, string rule)
    {
        var comparison = Compare(Certified with { BirthDate = FhirDate.Parse(stated) }, Certified with { BirthDate = FhirDate.Parse(certified) });
        comparison.Verdict.Should().Be(TraitsVerdict.Tolerable);
        comparison.Differences.Should().Equal(new TraitDifference(IdentityTrait.BirthDate, rule));
    }

    [Theory]
    [InlineData("1979-03-28", "1949-03-28")]
    [InlineData("2009-03-28", "1909-03-28")]
    [InlineData("1979-03-28", "1979-04-17")]
    [InlineData("1979-03-28", "1978")]
    [InlineData("1979-03-28", "1979-04")]
    public void Another_birth_date_is_another_person_even_with_the_same_name(string certified, string stated) =>
        Compare(Certified with { BirthDate = FhirDate.Parse(stated) }, Certified with { BirthDate = FhirDate.Parse(certified) })
            .RuleId.Should().Be("IDV-201");

    [Fact]
    public void A_mistyped_date_is_not_tolerated_when_something_else_differs_or_nothing_else_is_stated()
    {
        var mistyped = Certified with { BirthDate = FhirDate.Parse("1979-03-29") };
        Compare(mistyped with { GivenNames = ["RUTH"] }).RuleId.Should().Be("IDV-202");
        Compare(mistyped with { Sex = TraitSex.Unknown }).RuleId.Should().Be("IDV-202");
        Compare(new PatientTraits { BirthDate = mistyped.BirthDate }).RuleId.Should().Be("IDV-202");
    }

    [Fact]
    public void Another_sex_is_tolerated_only_where_given_name_and_birth_date_confirm_the_person()
    {
        var other = Certified with { Sex = TraitSex.Male };
        Compare(other).Should().BeEquivalentTo(new { Verdict = TraitsVerdict.Tolerable });
        Compare(other with { GivenNames = ["RENÉ"] }).RuleId.Should().Be("IDV-203", "twins share everything else");
        Compare(other with { GivenNames = [] }).RuleId.Should().Be("IDV-203");
        Compare(other with { BirthDate = null }).RuleId.Should().Be("IDV-203");
        Compare(other with { GivenNames = ["JULIENNE"] }, Certified with { GivenNames = ["JULIEN"] }).RuleId.Should().Be("IDV-203");
    }

    [Fact]
    public void Another_place_of_birth_weighs_only_beside_other_given_names()
    {
        Compare(Certified with { BirthPlaceCode = "63220" }).Differences.Should().Equal(new TraitDifference(IdentityTrait.BirthPlace, "IDV-150"));
        // NESSI of the official samples: one INS, several places, another first name.
        Compare(Certified with { BirthPlaceCode = "63220", GivenNames = ["RUTH"] }).RuleId.Should().Be("IDV-204");
    }

    [Theory]
    [InlineData("51215", "51108", "IDV-151")]
    [InlineData("20004", "2A004", "IDV-151")]
    [InlineData("97411", "97415", "IDV-151")]
    [InlineData("97411", "97209", "IDV-150")]
    [InlineData("91352", "99352", "IDV-151")]
    [InlineData("99352", "99350", "IDV-150")]
    [InlineData("99999", "51215", null)]
    public void Places_are_renumbered_within_their_departement_and_with_history(string certified, string stated, string? rule) =>
        Compare(Certified with { BirthPlaceCode = stated }, Certified with { BirthPlaceCode = certified })
            .Differences.Select(difference => difference.RuleId).Should().Equal(rule is null ? [] : [rule]);

    [Fact]
    public void What_is_not_stated_is_no_disagreement()
    {
        Compare(new PatientTraits()).Verdict.Should().Be(TraitsVerdict.Agreement);
        Compare(Certified with { GivenNames = [], BirthDate = null, Sex = TraitSex.Unknown, BirthPlaceCode = null }).Verdict
            .Should().Be(TraitsVerdict.Agreement);
    }

    private static TraitsComparison Compare(PatientTraits stated, PatientTraits? certified = null) =>
        TraitsComparison.Of(certified ?? Certified, stated);

    private static PatientTraits Traits(string name, string[] given, string birth, TraitSex sex, string place) => new()
    {
        BirthName = name,
        GivenNames = given,
        BirthDate = FhirDate.Parse(birth),
        Sex = sex,
        BirthPlaceCode = place,
    };
}

using System.Globalization;
using CsCheck;
using DmpFederation.SyntheticFrance.Identity;
using DmpFederation.SyntheticFrance.Population;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.World;

public sealed class IdentityTests(WorldFixture world) : IClassFixture<WorldFixture>
{
    [Theory]
    [InlineData("1500815051040", "18")]
    [InlineData("2790351215189", "89")]
    [InlineData("2410895793085", "97")]
    [InlineData("121092A220868", "08")]
    [InlineData("285072B502024", "65")]
    [InlineData("2141247068655", "01")]
    public void The_key_of_a_NIR_is_97_minus_its_remainder_with_Corsica_as_19_or_18(string nir13, string key) =>
        Nir.Key(nir13).Should().Be(key);

    [Theory]
    [InlineData("Jean", "500801", "1500815051040", "1541187387477485562488")]
    [InlineData("PHILIPPE", "610217", "1610275754289", "0833910461279517589858")]
    [InlineData("JEAN FRANCOIS", "410828", "2410895793085", "0509920091384490849154")]
    [InlineData("Jean-François", "410828", "2410895793085", "0509920091384490849154")]
    [InlineData("THIBAUT", "210918", "121092A220868", "1341508057982600714378")]
    [InlineData("DAVID", "850717", "285072B502024", "1687776243550221336383")]
    [InlineData("FRANCK", "380300", "1380390104027", "1215965973479473546018")]
    [InlineData("ALINE", "251224", "2251202263683", "0002150957680422124234")]
    [InlineData("FABIOLA", "450403", "2450431879813", "0137434453735702460597")]
    [InlineData("Rémy", "091209", "1091285349641", "0407520632709417038601")]
    [InlineData("GUY", "490526", "2490521031346", "1528797036226653579648")]
    public void The_calculated_INS_agrees_with_the_published_vectors(string givenName, string birth, string nir13, string insC) =>
        CalculatedIns.Compute(givenName, birth, nir13).Should().Be(insC);

    [Fact]
    public void Every_matricule_tells_sex_birth_and_birthplace_and_has_a_right_key()
    {
        foreach (var patient in world.Patients)
        {
            patient.InsNir.Should().HaveLength(15);
            patient.InsNir[..1].Should().Be(patient.Sex == "M" ? "1" : "2");
            patient.InsNir[1..5].Should().Be(patient.BirthDate.ToString("yyMM", CultureInfo.InvariantCulture));
            patient.InsNir[5..10].Should().Be(patient.BirthPlaceCode);
            patient.InsNir[10..13].Should().NotBe("000");
            patient.InsNir[13..].Should().Be(Nir.Key(patient.InsNir[..13]));
            patient.BirthDate.Should().BeBefore(WorldFixture.Today);
        }
    }

    [Fact]
    public void The_world_has_people_of_Corsica_overseas_and_abroad()
    {
        var places = world.Patients.Select(patient => patient.BirthPlaceCode).ToList();
        foreach (var prefix in (string[])["2A", "2B", "97", "99"])
            places.Should().Contain(place => place.StartsWith(prefix, StringComparison.Ordinal));
    }

    [Fact]
    public void No_two_of_twenty_thousand_patients_share_an_INS()
    {
        var registry = new Registry(7, WorldFixture.Today);
        var matricules = new HashSet<string>();
        var calculated = new HashSet<string>();
        for (var index = 0; index < 20_000; index++)
        {
            var person = registry.Draw(index, new DmpFederation.SyntheticFrance.Randomness.Dice(7, index, 1), (2, 99));
            matricules.Add(person.InsNir).Should().BeTrue();
            calculated.Add(person.InsC).Should().BeTrue();
        }
    }

    [Fact]
    public void Professionals_structures_and_boxes_carry_right_keys()
    {
        foreach (var author in world.Patients.SelectMany(patient => patient.Facts).Select(fact => fact.Author).Distinct())
        {
            author.Rpps.Should().HaveLength(11);
            CheckDigits.WithLuhn(author.Rpps[..10]).Should().Be(author.Rpps);
            author.Finess.Should().HaveLength(9);
            CheckDigits.WithLuhn(author.Finess[..8]).Should().Be(author.Finess);
        }

        CheckDigits.WithLuhn("0123456789").Should().Be("01234567897");
        CheckDigits.WithLuhn("75071218").Should().Be("750712184");
        CheckDigits.WithEan13("340093567322").Should().Be("3400935673220");
        CheckDigits.WithEan13("340093351639").Should().Be("3400933516390");
    }

    [Fact]
    public void A_Luhn_key_finds_any_single_wrong_digit() =>
        Gen.Select(Gen.String[Gen.Char['0', '9'], 10, 10], Gen.Int[0, 9], Gen.Char['0', '9']).Sample((digits, position, other) =>
        {
            var number = CheckDigits.WithLuhn(digits);
            var altered = number[..position] + other + number[(position + 1)..];
            return altered == number || CheckDigits.WithLuhn(altered[..10]) != altered;
        });
}

using CsCheck;
using DmpFederation.Hub.Identity.Traits;
using DmpFederation.Sdk;
using Xunit;

namespace DmpFederation.Hub.Tests.Identity.Traits;

/// <summary>What must hold of any traits.</summary>
public sealed class TraitsPropertyTests
{
    private static readonly Gen<string> Name = Gen.OneOf(
        Any("MARTIN", "D'Alençon", "Lecœur", "de La Tour", "Nguyên", "Yıldız", "É", "?", "ÃÃ", "Saint-Martin", "  ", "-", "王", "Ã©Ã©Ã©"),
        Gen.String[Gen.Char["ABCÉèœ?'- .Ã©\uFFFD"], 0, 70]);

    private static readonly Gen<FhirDate?> Date = Gen.Select(
        Gen.Int[1900, 2010], Gen.Int[1, 12], Gen.Int[1, 28], Gen.Int[0, 3], (year, month, day, form) => form switch
        {
            0 => (FhirDate?)null,
            1 => FhirDate.Parse($"{year:D4}"),
            2 => FhirDate.Parse($"{year:D4}-{month:D2}"),
            _ => FhirDate.FromDay(new DateOnly(year, month, day)),
        });

    private static readonly Gen<string?> Place = Any<string?>(null, "51215", "2A004", "20004", "99352", "99999", "1", "");

    private static readonly Gen<PatientTraits> Traits = Gen.Select(
        Name.Null(), Name.Null(), Name.Array[0, 4], Date, Gen.Enum<TraitSex>(), Place)
        .Select((birth, used, given, date, sex, place) => new PatientTraits
        {
            BirthName = birth,
            UsedName = used,
            GivenNames = given,
            BirthDate = date,
            Sex = sex,
            BirthPlaceCode = place,
        });

    [Fact]
    public void Which_side_is_certified_does_not_matter() =>
        Gen.Select(Traits, Traits).Sample((one, other) =>
        {
            var (there, back) = (TraitsComparison.Of(one, other), TraitsComparison.Of(other, one));
            return there.Verdict == back.Verdict && there.RuleId == back.RuleId && there.Differences.SequenceEqual(back.Differences);
        });

    [Fact]
    public void Everybody_agrees_with_himself_unless_letters_were_lost() =>
        Traits.Sample(traits => !TraitsComparison.Of(traits, traits).IsMismatch);

    [Fact]
    public void Names_alone_never_keep_anybody_out() =>
        Gen.Select(Traits, Name.Null(), Name.Null(), Name.Array[0, 4]).Sample((traits, birth, used, given) =>
            !TraitsComparison.Of(traits, traits with { BirthName = birth, UsedName = used, GivenNames = given }).IsMismatch);

    [Fact]
    public void A_trait_that_one_side_does_not_state_is_never_said_to_differ() =>
        Gen.Select(Traits, Traits, Gen.Int[0, 4]).Sample((one, other, left) =>
        {
            var silent = (IdentityTrait)left switch
            {
                IdentityTrait.BirthName => other with { BirthName = null, UsedName = null },
                IdentityTrait.GivenNames => other with { GivenNames = [] },
                IdentityTrait.BirthDate => other with { BirthDate = null },
                IdentityTrait.Sex => other with { Sex = TraitSex.Unknown },
                _ => other with { BirthPlaceCode = null },
            };
            return TraitsComparison.Of(one, silent).Differences.All(difference => difference.Trait != (IdentityTrait)left);
        });

    [Fact]
    public void A_mismatch_names_its_rule_and_differs_in_more_than_names() =>
        Gen.Select(Traits, Traits).Sample((one, other) =>
        {
            var comparison = TraitsComparison.Of(one, other);
            return comparison.IsMismatch == (comparison.RuleId is not null)
                && (!comparison.IsMismatch || comparison.Differences.Any(difference => difference.Trait > IdentityTrait.GivenNames));
        });

    [Fact]
    public void Losing_the_signs_of_its_letters_never_makes_a_name_another() =>
        Gen.Select(Any("Hélène", "Évrard", "Françoise", "Lecœur", "Noël", "Nguyên", "Maëlle", "García"), Gen.Enum<Loss>()).Sample((name, loss) =>
        {
            var written = new PatientTraits { GivenNames = [Lose(name, loss)] };
            var fit = TraitsComparison.Of(new PatientTraits { GivenNames = [name] }, written);
            return fit.Differences.All(difference => difference.RuleId == TraitRules.GivenLetters);
        });

    private enum Loss
    {
        Sign,
        Letter,
        Replaced,
        Mistaken,
    }

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static string Lose(string name, Loss loss) => string.Concat(name.Select(letter => char.IsAscii(letter) ? letter.ToString() : loss switch
    {
        Loss.Sign => $"{LatinLetters.Fold(letter).First}{LatinLetters.Fold(letter).Second}".TrimEnd('\0'),
        Loss.Letter => "",
        Loss.Replaced => "?",
        _ => letter switch
        {
            'é' => "Ã©",
            'É' => "Ã‰",
            'è' => "Ã¨",
            'ç' => "Ã§",
            'œ' => "Å“",
            'ë' => "Ã«",
            'ê' => "Ãª",
            _ => "Ã\u00AD",
        },
    }));
}

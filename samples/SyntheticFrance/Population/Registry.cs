using System.Globalization;
using DmpFederation.SyntheticFrance.Identity;
using DmpFederation.SyntheticFrance.Randomness;

namespace DmpFederation.SyntheticFrance.Population;

/// <summary>
/// Gives person i of a seed, without remembering the others. Two persons never share a NIR because commune, order number, month, sex and the
/// parity of the year are the digits of one number, and each index gets its own by a permutation.
/// </summary>
internal sealed class Registry(int seed, DateOnly today)
{
    private const int Orders = 999;
    private const int Months = 12;
    private const int Sexes = 2;
    private const int Parities = 2;
    private const long Stride = 2_654_435_761;  // prime above every factor of the slot count: i -> i * Stride + start never repeats

    /// <summary>How many persons a seed can give.</summary>
    public static int Capacity => Communes.All.Count * Orders * Months * Sexes * Parities;

    /// <param name="index">From 0.</param>
    /// <param name="dice">The person's own sequence.</param>
    /// <param name="age">Bounds of the age, in years; the person may be one or two years older, for the parity of the year.</param>
    public Person Draw(int index, Dice dice, (int From, int To) age)
    {
        var slot = ((index * Stride) + (long)(Dice.Mix((ulong)seed) % (ulong)Capacity)) % Capacity;
        var place = Communes.All[Take(ref slot, Communes.All.Count)];
        var order = 1 + Take(ref slot, Orders);
        var month = 1 + Take(ref slot, Months);
        var sex = Take(ref slot, Sexes) == 0 ? "F" : "M";
        var year = today.Year - dice.Between(age.From, age.To) - 1;
        if (year % 2 != slot)
            year--;
        var birth = new DateOnly(year, month, dice.Between(1, DateTime.DaysInMonth(year, month)));

        var given = GivenNames(dice, sex);
        var birthName = dice.Pick(Names.Family);
        var married = sex == "F" && today.Year - year > 22 && dice.Chance(0.45) ? dice.Pick(Names.Family) : null;
        var region = place.Region is not null && dice.Chance(0.85) ? place.Region : dice.Pick(Regions.All);
        var (postalCode, city) = dice.Pick(Regions.Towns[region]);
        var nir = Nir.Compose(sex, birth, place.Code, order);
        return new Person
        {
            InsNir = nir + Nir.Key(nir),
            InsC = CalculatedIns.Compute(given[0], birth.ToString("yyMMdd", CultureInfo.InvariantCulture), nir),
            BirthName = birthName,
            UsedName = married == birthName ? null : married,
            GivenNames = given,
            BirthDate = birth,
            Sex = sex,
            BirthPlace = place,
            Region = region,
            AddressLine = string.Create(CultureInfo.InvariantCulture, $"{dice.Between(1, 140)} {dice.Pick(Regions.Streets)}"),
            PostalCode = postalCode,
            City = city,
        };
    }

    private static int Take(ref long slot, int radix)
    {
        var digit = (int)(slot % radix);
        slot /= radix;
        return digit;
    }

    private static List<string> GivenNames(Dice dice, string sex)
    {
        var names = sex == "F" ? Names.Female : Names.Male;
        var given = new List<string> { dice.Pick(names) };
        for (var more = dice.Next(3); more > 0; more--)
        {
            var next = dice.Pick(names);
            if (!given.Contains(next))
                given.Add(next);
        }

        return given;
    }
}

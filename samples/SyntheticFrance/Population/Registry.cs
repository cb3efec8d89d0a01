using System.Globalization;
using DmpFederation.SyntheticFrance.Identity;
using DmpFederation.SyntheticFrance.Randomness;

namespace DmpFederation.SyntheticFrance.Population;

/// <summary>
/// Gives person i of a seed, without remembering the others. Two persons never share a NIR because commune, a third of the order numbers, month,
/// sex and the parity of the year are the digits of one number, and each index gets its own by a permutation. The other two thirds of the order
/// numbers are for the twin and the homonym a person may have.
/// </summary>
internal sealed class Registry(int seed, DateOnly today)
{
    private const int Orders = 333;
    private const int OrdersPerPerson = 3;
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
        var order = 1 + (OrdersPerPerson * Take(ref slot, Orders));
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
        return Numbered(new Person
        {
            Order = order,
            InsNir = "",
            InsC = "",
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
        });
    }

    /// <summary>Somebody who shares a birth with another person, or a name and a birth date; the rest is their own.</summary>
    /// <param name="own">The person as drawn for their index.</param>
    /// <param name="other">The other person.</param>
    /// <param name="kin">Twin or homonym.</param>
    /// <param name="dice">A sequence of its own.</param>
    public static Person Alike(Person own, Person other, Kin kin, Dice dice)
    {
        if (kin == Kin.Homonym)
        {
            // Somewhere else, by a step that takes no two places to one.
            var place = Communes.All[(Index(other.BirthPlace) + 7) % Communes.All.Count];
            return Numbered(own with
            {
                Order = other.Order + 2,
                BirthName = other.BirthName,
                UsedName = other.UsedName,
                GivenNames = other.GivenNames,
                BirthDate = other.BirthDate,
                Sex = other.Sex,
                BirthPlace = place,
            });
        }

        var names = other.Sex == "F" ? Names.Female : Names.Male;
        var alike = Kinship.AlikeNames.FirstOrDefault(pair => pair.Sex == other.Sex && pair.First == other.GivenNames[0]).Second;
        var given = alike ?? dice.Pick([.. names.Where(name => !other.GivenNames.Contains(name))]);
        return Numbered(own with
        {
            Order = other.Order + 1,
            BirthName = other.BirthName,
            UsedName = null,
            GivenNames = [given],
            BirthDate = other.BirthDate,
            Sex = other.Sex,
            BirthPlace = other.BirthPlace,
        });
    }

    /// <summary>The first of two twins bears, at times, a name that begins as the other's does.</summary>
    public static Person NamedAlike(Person person, Dice dice)
    {
        var pairs = Kinship.AlikeNames.Where(pair => pair.Sex == person.Sex).ToList();
        return Numbered(person with { GivenNames = [dice.Pick(pairs).First] });
    }

    /// <summary>A child of a family: name, address and region are the parent's.</summary>
    public static Person ChildOf(Person parent, Person child) => Numbered(child with
    {
        BirthName = parent.Sex == "M" ? parent.BirthName : parent.UsedName ?? parent.BirthName,
        Region = parent.Region,
        AddressLine = parent.AddressLine,
        PostalCode = parent.PostalCode,
        City = parent.City,
    });

    private static Person Numbered(Person person)
    {
        var nir = Nir.Compose(person.Sex, person.BirthDate, person.BirthPlace.Code, person.Order);
        return person with
        {
            InsNir = nir + Nir.Key(nir),
            InsC = CalculatedIns.Compute(person.GivenNames[0], person.BirthDate.ToString("yyMMdd", CultureInfo.InvariantCulture), nir),
        };
    }

    private static int Index(Commune place)
    {
        for (var index = 0; index < Communes.All.Count; index++)
        {
            if (Communes.All[index].Code == place.Code)
                return index;
        }

        throw new ArgumentException("A person of the world is born in a place of the world.", nameof(place));
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

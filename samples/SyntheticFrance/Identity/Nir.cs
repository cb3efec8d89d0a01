using System.Globalization;

namespace DmpFederation.SyntheticFrance.Identity;

/// <summary>NIR: sex, year, month, place of birth (code officiel géographique), order number; 13 characters and a key of two.</summary>
internal static class Nir
{
    public static string Compose(string sex, DateOnly birth, string placeCode, int order) =>
        string.Create(CultureInfo.InvariantCulture, $"{(sex == "M" ? '1' : '2')}{birth.Year % 100:00}{birth.Month:00}{placeCode}{order:000}");

    /// <summary>97 minus the remainder by 97. The letters of Corsica count as 19 (2A) and 18 (2B), for the key alone.</summary>
    public static string Key(string nir13)
    {
        var digits = nir13.Replace("2A", "19", StringComparison.Ordinal).Replace("2B", "18", StringComparison.Ordinal);
        return (97 - (long.Parse(digits, CultureInfo.InvariantCulture) % 97)).ToString("00", CultureInfo.InvariantCulture);
    }
}

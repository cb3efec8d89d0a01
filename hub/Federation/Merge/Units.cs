namespace DmpFederation.Hub.Federation.Merge;

/// <summary>
/// Units as laboratories write them. UCUM tells capitals apart, laboratories do not: <c>g/l</c>, <c>µmol/L</c> and <c>umol/l</c> are
/// read alike. No analyte of the table has two units that differ by capitals only.
/// </summary>
internal static class Units
{
    public static string Normalise(string? unit)
    {
        if (string.IsNullOrEmpty(unit))
            return "";
        var clean = true;
        foreach (var letter in unit)
            clean &= letter is > ' ' and < '\u007F' && !char.IsAsciiLetterUpper(letter);
        if (clean)
            return unit;
        return string.Create(unit.Length - unit.Count(char.IsWhiteSpace), unit, static (target, source) =>
        {
            var length = 0;
            foreach (var letter in source)
            {
                if (!char.IsWhiteSpace(letter))
                    target[length++] = letter is '\u00B5' or '\u03BC' ? 'u' : char.ToLowerInvariant(letter);
            }
        });
    }
}

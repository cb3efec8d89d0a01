namespace DmpFederation.SyntheticFrance.Identity;

/// <summary>Names as systems write them that cannot write every letter.</summary>
internal static class OldEncodings
{
    /// <summary>ISO 8859-1, which has no œ, Ÿ, ł, ş, ğ or ı: typists put the nearest letters.</summary>
    public static string Latin1(string text) => string.Concat(text.Select(static letter => letter switch
    {
        'Œ' => "OE",
        'œ' => "oe",
        'Ÿ' => "Y",
        'Ł' => "L",
        'ł' => "l",
        'ę' => "e",
        'Ş' => "S",
        'ş' => "s",
        'Ğ' => "G",
        'ğ' => "g",
        'ı' => "i",
        _ => letter.ToString(),
    }));

    /// <summary>The same, from a program that puts a question mark for every letter it does not know.</summary>
    public static string Latin1WithGaps(string text) =>
        text.All(static letter => letter <= 'ÿ') ? text : string.Concat(text.Select(static letter => letter <= 'ÿ' ? letter : '?'));

    /// <summary>Capitals without signs, as the punched cards had them.</summary>
    public static string Capitals(string text) => string.Concat(Latin1(text).ToUpperInvariant().Select(CalculatedIns.Unaccented)).Replace('’', '\'');
}

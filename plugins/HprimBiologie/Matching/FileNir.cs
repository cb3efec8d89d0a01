using System.Globalization;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HprimBiologie.Matching;

/// <summary>
/// The number on line 8 of a file. It is the insured's, who may be a parent: only one with a right key, whose sex, year and month of birth are the
/// person's, counts as the person's own (domain rule: an NSS has the OID of the INS and may be somebody else's).
/// </summary>
internal static class FileNir
{
    /// <summary>The number, when it has the shape and key of a NIR and can be of somebody born then; else null: it proves nothing.</summary>
    /// <param name="written">Without spaces.</param>
    /// <param name="birth">Birth date in the file, any century.</param>
    public static string? OwnOf(string written, DateOnly? birth) =>
        birth is { } day && IsValid(written) && BornThen(written, day) ? written : null;

    /// <summary>False when the number is of the other sex.</summary>
    public static bool SexFits(string nir, TraitSex sex) => sex switch
    {
        TraitSex.Male => nir[0] is '1' or '3' or '7',
        TraitSex.Female => nir[0] is '2' or '4' or '8',
        _ => true,
    };

    private static bool IsValid(string written) =>
        written.Length == 15 && NirKey.Compute(written.AsSpan(0, 13)) is { } key
        && int.TryParse(written.AsSpan(13), NumberStyles.None, CultureInfo.InvariantCulture, out var said) && said == key;

    // Months 20, 30 to 42 and 50 to 99 stand for an unknown one.
    private static bool BornThen(string nir, DateOnly birth) =>
        Two(nir, 1) == birth.Year % 100 && (Two(nir, 3) is var month && (month == birth.Month || month > 12));

    private static int Two(string nir, int at) => ((nir[at] - '0') * 10) + nir[at + 1] - '0';
}

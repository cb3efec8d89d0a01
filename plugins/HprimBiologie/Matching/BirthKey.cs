using System.Globalization;

namespace DmpFederation.Plugins.HprimBiologie.Matching;

/// <summary>Days of birth as the index keeps and finds them.</summary>
internal static class BirthKey
{
    public static string Of(DateOnly birth) => birth.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Of a file that writes the year with two digits, and leaves the century open.</summary>
    public static string WithoutCentury(DateOnly birth) => birth.ToString("yy-MM-dd", CultureInfo.InvariantCulture);
}

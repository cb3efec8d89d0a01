using System.Globalization;

namespace DmpFederation.Plugins.ReseauDiabete.Rows;

/// <summary>Calculated INS (ASIP Santé, dossier de conception INS-C, 2009): 20 digits and their key, 97 less the remainder by 97.</summary>
internal static class InsC
{
    public static bool HasRightKey(string value) =>
        value.Length == 22 && !value.AsSpan().ContainsAnyExceptInRange('0', '9')
        && ulong.TryParse(value.AsSpan(0, 20), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && (97 - (number % 97)).ToString("00", CultureInfo.InvariantCulture) == value[20..];
}

using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DmpFederation.SyntheticFrance.Identity;

/// <summary>
/// INS-C of 2009 (ASIP Santé, dossier de conception INS-C v1.0.0). Written apart from the hub's own so that the hub is checked against it,
/// not against itself.
/// </summary>
internal static class CalculatedIns
{
    private const int NameLength = 10;

    /// <param name="givenName">First given name, as registered.</param>
    /// <param name="birth">YYMMDD.</param>
    /// <param name="nir13">NIR without its key; Corsican letters stay letters.</param>
    public static string Compute(string givenName, string birth, string nir13)
    {
        var seed = Encoding.ASCII.GetBytes(Letters(givenName).PadRight(NameLength) + birth + nir13);
        var number = BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(seed));
        return number.ToString("00000000000000000000", CultureInfo.InvariantCulture)
            + (97 - (number % 97)).ToString("00", CultureInfo.InvariantCulture);
    }

    private static string Letters(string givenName)
    {
        var kept = new StringBuilder(NameLength);
        foreach (var character in givenName)
        {
            var letter = Unaccented(char.ToUpperInvariant(character));
            if (kept.Length < NameLength && char.IsAsciiLetterUpper(letter))
                kept.Append(letter);
        }

        return kept.ToString();
    }

    // Not string.Normalize: with invariant globalisation it leaves accented letters as they are. These are the letters of the world's given names.
    internal static char Unaccented(char letter) => letter switch
    {
        'À' or 'Â' or 'Ä' or 'Á' => 'A',
        'Ç' => 'C',
        'Ğ' => 'G',
        'É' or 'È' or 'Ê' or 'Ë' => 'E',
        'Î' or 'Ï' or 'Í' => 'I',
        'Ł' => 'L',
        'Ñ' => 'N',
        'Ô' or 'Ö' or 'Ó' => 'O',
        'Ş' => 'S',
        'Ù' or 'Û' or 'Ü' or 'Ú' => 'U',
        'Ÿ' => 'Y',
        _ => letter,
    };
}

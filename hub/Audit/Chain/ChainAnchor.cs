using System.Globalization;

namespace DmpFederation.Hub.Audit.Chain;

/// <summary>A line of a chain, as remembered outside the database: <c>CHAIN:SEQ:HASH</c>.</summary>
internal sealed record ChainAnchor(string Chain, long Seq, byte[] Hash)
{
    /// <summary>Null when the text is not an anchor.</summary>
    public static ChainAnchor? Parse(string text)
    {
        if (text.Split(':') is not [{ Length: > 0 } chain, var number, var hash]
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            || hash.Length != 2 * ChainKey.HashLength
            || !hash.All(char.IsAsciiHexDigit))
            return null;
        return new ChainAnchor(chain, seq, Convert.FromHexString(hash));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Chain}:{Seq}:{Convert.ToHexStringLower(Hash)}");
}

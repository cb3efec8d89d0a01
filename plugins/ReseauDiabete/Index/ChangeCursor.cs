using System.Globalization;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.ReseauDiabete.Index;

/// <summary>
/// A place in the history: an export, by the chain of everything taken up to it, and how many of its changes were seen. A chain the index does not
/// know means that exports are gone, or were taken in another order after a rebuild: the cursor is then expired.
/// </summary>
/// <param name="Chain">Empty before the first export.</param>
/// <param name="Seen">Changes of that export already seen.</param>
internal readonly record struct ChangeCursor(string Chain, long Seen)
{
    private const string Mark = "d1";

    /// <exception cref="SourceFaultException">Not a cursor of this connector.</exception>
    public static ChangeCursor Parse(string cursor) =>
        cursor.Split('~') is [Mark, var chain, var seen] && chain.All(char.IsAsciiHexDigitLower)
            && long.TryParse(seen, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && (chain.Length > 0 || count == 0)
            ? new ChangeCursor(chain, count)
            : throw new SourceFaultException(SourceFaultCodes.CursorExpired);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mark}~{Chain}~{Seen}");
}

using System.Globalization;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>
/// A place in a server's history: the moment of the last change seen, how many changes of that very moment were seen, and a hash over which.
/// <c>_since</c> is inclusive, so the changes of the moment come again; they are passed over only when they are the ones that were seen.
/// </summary>
/// <param name="Instant">As the server prints it; null before any change.</param>
/// <param name="Seen">Changes of that moment already seen, in the order of <see cref="HistoryChange.CompareTies"/>.</param>
/// <param name="Hash">64-bit FNV-1a over their keys.</param>
internal readonly record struct HistoryCursor(string? Instant, int Seen, ulong Hash)
{
    private const string Mark = "h1";
    private const ulong Basis = 14695981039346656037;

    public static HistoryCursor Start => new(null, 0, Basis);

    public static HistoryCursor At(string instant) => new(instant, 0, Basis);

    public HistoryCursor After(string changeKey)
    {
        var hash = Hash;
        foreach (var letter in changeKey)
            hash = (hash ^ letter) * 1099511628211;
        return this with { Seen = Seen + 1, Hash = (hash ^ '\n') * 1099511628211 };
    }

    /// <exception cref="SourceFaultException">Not a cursor of this connector.</exception>
    public static HistoryCursor Parse(string cursor)
    {
        var parts = cursor.Split('~');
        return parts is [Mark, var instant, var seen, var hash]
            && int.TryParse(seen, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && ulong.TryParse(hash, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var sum)
            && (instant.Length == 0 || HistoryChange.TryInstant(instant, out _))
                ? new HistoryCursor(instant.Length == 0 ? null : instant, count, sum)
                : throw new SourceFaultException(SourceFaultCodes.CursorExpired);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mark}~{Instant}~{Seen}~{Hash:x16}");
}

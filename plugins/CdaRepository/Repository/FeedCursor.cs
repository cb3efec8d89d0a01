using System.Globalization;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CdaRepository.Repository;

/// <summary>
/// A place in the journal. One entry of it makes several changes (a document and its facts), so a place may lie inside an entry: then the changes
/// told of it are passed over only while they are the ones that were told; a document that changed meanwhile is told anew rather than in part.
/// </summary>
/// <param name="Number">Last entry told wholly.</param>
/// <param name="Told">Changes told of the entry after it.</param>
/// <param name="Hash">64-bit FNV-1a over what was told of that entry.</param>
internal readonly record struct FeedCursor(long Number, int Told, ulong Hash)
{
    private const string Mark = "c1";
    private const ulong Basis = 14695981039346656037;

    internal static FeedCursor After(long number) => new(number, 0, Basis);

    /// <exception cref="SourceFaultException">Not a cursor of this connector.</exception>
    internal static FeedCursor Parse(string cursor) => cursor.Split('~') is [Mark, var number, var told, var hash]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var entry)
        && int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && ulong.TryParse(hash, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var sum)
            ? new FeedCursor(entry, count, sum)
            : throw new SourceFaultException(SourceFaultCodes.CursorExpired);

    /// <summary>After one more change of the entry that is being told.</summary>
    internal FeedCursor With(ToldChange change)
    {
        var hash = Hash;
        foreach (var letter in change.LocalId ?? "")
            hash = (hash ^ letter) * 1099511628211;
        foreach (var unit in change.Bytes.Span)
            hash = (hash ^ unit) * 1099511628211;
        return this with { Told = Told + 1, Hash = (hash ^ '\n') * 1099511628211 };
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mark}~{Number}~{Told}~{Hash:x16}");
}

using System.Buffers.Text;
using System.Text;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation.Pages;

/// <summary>
/// Position in a list of facts: the sort key (date, id) of the last fact shown. It stays valid when facts are added, merged or withdrawn
/// between two pages, which an offset would not.
/// </summary>
internal sealed record EntryCursor(FhirDate? Date, string Id)
{
    private const char Separator = '\n';

    public static EntryCursor Of(MergedEntry entry) => new(entry.Lead.Date, entry.Id);

    public static bool TryParse(string text, out EntryCursor? cursor)
    {
        cursor = null;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (text.Length > 1_000 || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var length))
            return false;
        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split(Separator);
        if (parts.Length != 2 || parts[1].Length == 0)
            return false;
        if (parts[0].Length == 0)
            cursor = new EntryCursor(null, parts[1]);
        else if (FhirDate.TryParse(parts[0], out var date))
            cursor = new EntryCursor(date, parts[1]);
        return cursor is not null;
    }

    /// <summary>Index of the first fact after this position.</summary>
    public int NextIndex(IReadOnlyList<MergedEntry> entries)
    {
        var next = 0;
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Id == Id)
                return i + 1;
            if (!IsAfter(entries[i]))
                next = i + 1;
        }

        return next;
    }

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Date?.ToString()}{Separator}{Id}"));

    // Newest first, undated last, ties by id: the order of DossierOrder.
    private bool IsAfter(MergedEntry entry)
    {
        var byDate = (Date, entry.Lead.Date) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            ({ } mine, { } its) => its.StartUtc.CompareTo(mine.StartUtc),
        };
        return byDate != 0 ? byDate < 0 : string.CompareOrdinal(entry.Id, Id) > 0;
    }
}

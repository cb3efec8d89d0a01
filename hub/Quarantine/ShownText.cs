using System.Text.RegularExpressions;

namespace DmpFederation.Hub.Quarantine;

/// <summary>
/// Texts of an item as an operator may see them. A plug-in promises to put no patient data into reasons and places; a path or local id of a legacy
/// may hold a number all the same. So the key the item is filed under, and any number long enough to be an INS, is hidden.
/// </summary>
internal static partial class ShownText
{
    private const string Hidden = "…";

    public static string? Of(QuarantinedItem item, string? text)
    {
        if (text is null)
            return null;
        if (item.PatientValue is { Length: > 0 } value)
            text = text.Replace(value, Hidden, StringComparison.OrdinalIgnoreCase);
        return LongNumber().Replace(text, Hidden);
    }

    // 13 characters are a NIR without its key; Corsican numbers carry a letter; people write numbers in groups.
    [GeneratedRegex(@"(?<![0-9])[0-9](?:[ ]?[0-9AB]){12,}", RegexOptions.CultureInvariant)]
    private static partial Regex LongNumber();
}

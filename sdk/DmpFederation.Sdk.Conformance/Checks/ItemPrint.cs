using System.Security.Cryptography;

namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary>Prints items so that equal ones print alike, bytes included.</summary>
internal static class ItemPrint
{
    /// <summary>All items but the freshness of the answer, in an order of their own: a source may answer in any order.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<ReadItem> items) =>
        [.. items.Where(item => item is not SourceAsOf).Select(Of).Order(StringComparer.Ordinal)];

    public static string Of(ReadItem item) => item switch
    {
        DossierEntry entry => Of(entry),
        PatientFound found => $"found {Key(found.Patient)} {found.DocumentLocalId} {Traits(found.Traits)}",
        PatientUnknown unknown => $"unknown {Key(unknown.Patient)}",
        ReadGap gap => $"gap {gap.Code} {(gap.Patient is { } key ? Key(key) : "")}",
        Unreadable unread =>
            $"unreadable {unread.Code} {unread.LocalId} {unread.Position} {Hash(unread.Raw)} {(unread.Patient is { } key ? Key(key) : "")}",
        _ => item.GetType().Name,
    };

    public static string Of(DossierEntry entry) => string.Join(
        '\u001f',
        "entry", entry.LocalId, Key(entry.FiledUnder), entry.Category, entry.Code, entry.Date, entry.Title, entry.Status, entry.Version,
        entry.Value, entry.Author,
        entry.Recorded, entry.DocumentLocalId, entry.Subject is { } subject ? Key(subject) : "", string.Join('+', entry.Confidentiality),
        string.Join('+', entry.Identifiers.Select(identifier => $"{identifier.System}|{identifier.Value}")), Hash(entry.Resource));

    /// <summary>How two readings differ, in words, or null.</summary>
    public static string? Difference(IReadOnlyList<string> first, IReadOnlyList<string> second) =>
        first.SequenceEqual(second) ? null : $"{first.Except(second).Count()} items are gone or changed, {second.Except(first).Count()} are new";

    private static string Traits(PatientTraits traits) => string.Join(
        '\u001f',
        traits.BirthName, traits.UsedName, string.Join('+', traits.GivenNames), traits.BirthDate, traits.Sex, traits.BirthPlaceCode, traits.Status,
        string.Join('+', traits.Keys.Select(Key)));

    private static string Key(PatientKey key) => $"{key.System}|{key.Value}";

    private static string Hash(ReadOnlyMemory<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes.Span)[..8]);
}

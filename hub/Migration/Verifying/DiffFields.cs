namespace DmpFederation.Hub.Migration.Verifying;

/// <summary>
/// Names of what may differ, as they are kept, printed and named by equivalences. They never change. None holds patient data: a path of a resource is
/// made of names of FHIR elements and numbers.
/// </summary>
internal static class DiffFields
{
    public const string Missing = "missing";
    public const string Surplus = "surplus";
    public const string Unknown = "unknown";
    public const string Key = "key";
    public const string Identity = "identity";
    public const string Unreadable = "unreadable";
    public const string Content = "content";

    /// <summary>The patient could not be read from the legacy, so nothing was compared. No equivalence explains it.</summary>
    public const string Unread = "unread";

    public const string AsOf = "as-of";

    /// <summary>Followed by a colon and the code of the gap.</summary>
    public const string Gap = "gap";

    /// <summary>A mask set by the patient would reach nothing.</summary>
    public const string Mask = "mask";

    /// <summary>Followed by a colon and the kind of loss; a declared equivalence of it is its signature.</summary>
    public const string Loss = "loss";

    public const string FiledUnder = "filed-under";
    public const string Category = "category";
    public const string Version = "version";
    public const string Code = "code";
    public const string Codings = "codings";
    public const string Date = "date";
    public const string Title = "title";
    public const string Value = "value";
    public const string Author = "author";
    public const string Status = "status";
    public const string Confidentiality = "confidentiality";
    public const string Identifiers = "identifiers";
    public const string Recorded = "recorded";
    public const string Document = "document";
    public const string Encounter = "encounter";
    public const string Subject = "subject";

    /// <summary>Alone for bytes that differ without meaning something else (spaces, order), or that cannot be compared; else with a colon and a path.</summary>
    public const string Resource = "resource";

    /// <summary>True when a difference of <paramref name="field"/> is of <paramref name="declared"/>, or below it.</summary>
    public static bool Covers(string declared, string field) =>
        field.StartsWith(declared, StringComparison.Ordinal)
        && (field.Length == declared.Length || field[declared.Length] is '/' or ':' || declared[^1] is '/' or ':');
}

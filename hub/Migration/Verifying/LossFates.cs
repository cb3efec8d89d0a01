namespace DmpFederation.Hub.Migration.Verifying;

/// <summary>What became of something that does not map (<see cref="Slices.MappingLoss"/>), and the kinds of it.</summary>
internal static class LossFates
{
    /// <summary>Kept as it was, with its bytes, and shown as before.</summary>
    public const string KeptRaw = "KEPT_RAW";

    /// <summary>Refused by the national model; its bytes are kept.</summary>
    public const string Refused = "REFUSED";

    /// <summary>Refused, and somebody answers for it.</summary>
    public const string Signed = "SIGNED";

    /// <summary>Facts that are no valid FHIR R4.</summary>
    public const string NotFhir = "fhir";

    /// <summary>Facts of no category.</summary>
    public const string NoCategory = "category";

    /// <summary>Followed by a colon and the code of items nobody could read.</summary>
    public const string Unread = "unreadable";

    /// <summary>Field of the equivalence that signs for a kind of loss.</summary>
    public static string FieldOf(string kind) => $"{DiffFields.Loss}:{kind}";
}

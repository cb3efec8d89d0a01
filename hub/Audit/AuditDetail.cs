using System.Globalization;

namespace DmpFederation.Hub.Audit;

/// <summary>Details that say who may not see a line, or what of it.</summary>
internal static class AuditDetail
{
    /// <summary>How the detail of a mask begins that hides from the patient.</summary>
    public const string InvisiblePatient = "INVISIBLE_PATIENT";

    /// <summary>How the detail of a mask begins that hides from legal representatives.</summary>
    public const string InvisibleRepresentatives = "INVISIBLE_REPRESENTANTS";

    private const string Begins = "WITHHELD=";

    /// <summary>Says that the last facts of a line were not the patient's to see.</summary>
    public static string? Withheld(int facts) => facts == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{Begins}{facts}");

    /// <summary>How many of the facts of a line, its last ones, the patient could not see.</summary>
    public static int WithheldIn(AuditLine line) =>
        line.Detail is { } detail && detail.StartsWith(Begins, StringComparison.Ordinal)
            && int.TryParse(detail.AsSpan(Begins.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var facts)
            ? Math.Min(facts, line.EntryCount)
            : 0;
}

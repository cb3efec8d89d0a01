using System.Security.Cryptography;
using System.Text;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Connectors.Calls;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Quarantine;

/// <summary>One unreadable item as a read met it, made ready to be kept: texts bounded, bytes hashed. Nullable annotations bind no plug-in.</summary>
internal sealed record SeenItem
{
    private const int LongestReason = 500;
    private const int LongestPlace = 1_000;

    public required string SourceId { get; init; }

    public required string PluginId { get; init; }

    public string? PluginVersion { get; init; }

    public required string Code { get; init; }

    public required string Reason { get; init; }

    public string? Position { get; init; }

    public string? LocalId { get; init; }

    public PatientKey? Patient { get; init; }

    public required string Fingerprint { get; init; }

    public required string Sha256 { get; init; }

    public required long Length { get; init; }

    /// <summary>The bytes to keep: at most the bound.</summary>
    public required ReadOnlyMemory<byte> Kept { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>Costs a pass over the bytes: not for the read path.</summary>
    public static SeenItem Of(Source source, Unreadable item, DateTimeOffset seenAt, int mostBytes)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(item.Raw.Span));
        PatientKey? patient = item.Patient is { } key && EntryCheck.IsKey(key) ? key : null;
        return new SeenItem
        {
            SourceId = source.Id,
            PluginId = source.PluginId,
            PluginVersion = source.PluginVersion,
            Code = CallReasons.Safe(item.Code),
            Reason = Bounded(item.Reason, LongestReason) ?? "",
            Position = Bounded(item.Position, LongestPlace),
            LocalId = Bounded(item.LocalId, LongestPlace),
            Patient = patient,
            Fingerprint = FingerprintOf(source.Id, patient, item, sha256),
            Sha256 = sha256,
            Length = item.Raw.Length,
            Kept = item.Raw.Length <= mostBytes ? item.Raw : item.Raw[..mostBytes],
            SeenAt = seenAt,
        };
    }

    public override string ToString() => $"SeenItem({SourceId}, {Code})";

    private static string FingerprintOf(string sourceId, PatientKey? patient, Unreadable item, string sha256)
    {
        // An item with a local id is known by it: its position may shift as others come and go (the tenth entry of a page). Lengths go before the
        // texts, so that no two different items read alike.
        var place = item.LocalId ?? item.Position;
        var text = new StringBuilder();
        foreach (var part in new[] { sourceId, patient?.System, patient?.Value, item.LocalId is null ? "position" : "local id", place, sha256 })
            text.Append(part?.Length ?? -1).Append(':').Append(part);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.Unicode.GetBytes(text.ToString())));
    }

    /// <summary>Not every database takes the character NUL in a text.</summary>
    private static string? Bounded(string? text, int most) => (text is null || text.Length <= most ? text : text[..most])?.Replace('\0', ' ');
}

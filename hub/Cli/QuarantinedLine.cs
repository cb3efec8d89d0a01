using System.Globalization;
using System.Text.Json;
using DmpFederation.Hub.Quarantine;

namespace DmpFederation.Hub.Cli;

/// <summary>An item as it is printed.</summary>
internal sealed record QuarantinedLine(
    long Id, string SourceId, string State, string Plugin, string? PluginVersion, string Code, string Reason, string? Position, string? LocalId,
    string? PatientKeySystem, string Sha256, long Length, int StoredLength, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, long TimesSeen,
    DateTimeOffset? LastReplay, DateTimeOffset? SettledAt, string? SettledBy, string? SettledReason, int? ReplayedEntries)
{
    public static string Json(QuarantinedItem item) => JsonSerializer.Serialize(Of(item), CliJson.Readable.QuarantinedLine);

    public static string Row(QuarantinedItem item) => string.Create(
        CultureInfo.InvariantCulture,
        $"{item.Id,6} {StateOf(item),-9} {item.SourceId,-18} {item.Code,-24} {item.TimesSeen,5}x {item.LastSeen:yyyy-MM-dd HH:mm'Z'} {Place(item)}");

    /// <summary>One line per property that is known.</summary>
    public static string Sheet(QuarantinedItem item)
    {
        using var json = JsonDocument.Parse(Json(item));
        return string.Concat(json.RootElement.EnumerateObject().Select(static property => $"{property.Name,-17} {property.Value}\n"));
    }

    private static string? Place(QuarantinedItem item) => ShownText.Of(item, item.Position ?? item.LocalId);

    private static string StateOf(QuarantinedItem item) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(item.State.ToString());

    private static QuarantinedLine Of(QuarantinedItem item) => new(
        item.Id, item.SourceId, StateOf(item), item.PluginId, item.PluginVersion, item.Code, ShownText.Of(item, item.Reason)!,
        ShownText.Of(item, item.Position), ShownText.Of(item, item.LocalId), item.PatientSystem, item.Sha256, item.Length, item.StoredLength,
        item.FirstSeen, item.LastSeen, item.TimesSeen, item.LastReplay, item.SettledAt, item.SettledBy, ShownText.Of(item, item.SettledReason),
        item.ReplayedEntries);
}

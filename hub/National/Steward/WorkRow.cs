using System.Text.Json;
using System.Text.Json.Serialization;
using DmpFederation.Hub.Identity.Links;
using DmpFederation.Hub.Identity.Traits;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Steward;

/// <summary>One item of the steward's queue: one for each source, patient, document and rule.</summary>
internal sealed class WorkRow
{
    public long Id { get; init; }

    public required string SourceId { get; init; }

    public required string System { get; init; }

    public required string Value { get; init; }

    /// <summary>Empty for none: an engine takes two absent values for different ones.</summary>
    public required string DocumentLocalId { get; init; }

    /// <summary>Empty for none.</summary>
    public required string RuleId { get; init; }

    /// <summary>JSON list of traits and rules; no value of a trait.</summary>
    public required string Differences { get; set; }

    public DateTimeOffset FirstSeen { get; set; }

    public DateTimeOffset LastSeen { get; set; }

    public IdentityWorkState State { get; set; }

    public string? SettledBy { get; set; }

    public DateTimeOffset? SettledAt { get; set; }

    public string? Comment { get; set; }

    public static WorkRow Of(IdentityWorkItem item) => new()
    {
        SourceId = item.SourceId,
        System = item.Patient.System,
        Value = item.Patient.Value,
        DocumentLocalId = item.DocumentLocalId ?? "",
        RuleId = item.RuleId ?? "",
        Differences = Write(item.Differences),
        FirstSeen = item.FirstSeen,
        LastSeen = item.LastSeen,
    };

    /// <summary>
    /// The disagreement was met again: what differs now counts, and an item that was settled before is open again, since settling did not end it.
    /// </summary>
    public void SeenAgain(IdentityWorkItem item)
    {
        if (item.LastSeen <= LastSeen)
            return;
        LastSeen = item.LastSeen;
        Differences = Write(item.Differences);
        if (State == IdentityWorkState.Open || item.LastSeen <= SettledAt)
            return;
        State = IdentityWorkState.Open;
        (SettledBy, SettledAt, Comment) = (null, null, null);
    }

    public IdentityWorkItem ToItem() => new()
    {
        Id = Id,
        SourceId = SourceId,
        Patient = new PatientKey(System, Value),
        DocumentLocalId = DocumentLocalId.Length == 0 ? null : DocumentLocalId,
        RuleId = RuleId.Length == 0 ? null : RuleId,
        Differences = JsonSerializer.Deserialize(Differences, WorkJson.Default.TraitDifferenceArray) ?? [],
        FirstSeen = FirstSeen,
        LastSeen = LastSeen,
        State = State,
        SettledBy = SettledBy,
        SettledAt = SettledAt,
        Comment = Comment,
    };

    private static string Write(IReadOnlyList<TraitDifference> differences) =>
        JsonSerializer.Serialize([.. differences], WorkJson.Default.TraitDifferenceArray);
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(TraitDifference[]))]
internal sealed partial class WorkJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace DmpFederation.PartnerPortal.Hub;

/// <summary>The hub's answer, as far as the portal reads it (GraphQL over HTTP).</summary>
public sealed record GraphQlAnswer(AnswerData? Data, IReadOnlyList<GraphQlError>? Errors);

public sealed record GraphQlError(string Message, ErrorDetails? Extensions);

public sealed record ErrorDetails(string? Code, string? Rule, string? CorrelationId, string? SourceId);

public sealed record AnswerData(Dossier? Dossier, IReadOnlyList<NamedSource>? Sources);

public sealed record NamedSource(string Id, string Name);

public sealed record Dossier
{
    public required string Ins { get; init; }

    public required bool Complete { get; init; }

    public PatientIdentity? Patient { get; init; }

    public required IReadOnlyList<SourceAnswer> Sources { get; init; }

    public required EntryPage Entries { get; init; }

    /// <summary>Allergies, every one of them; only with the first page.</summary>
    public EntryPage? Allergies { get; init; }

    /// <summary>Problems, every one of them; only with the first page.</summary>
    public EntryPage? Problems { get; init; }
}

public sealed record PatientIdentity(
    string? BirthName, string? UsedName, IReadOnlyList<string>? GivenNames, string? BirthDate, string? Sex, string? Status);

public sealed record SourceAnswer(string SourceId, string Status, string? Reason, int EntryCount, int ElapsedMs, DateTimeOffset? AsOf);

public sealed record EntryPage(IReadOnlyList<Entry> Nodes, string? EndCursor, bool HasNext);

public sealed record Entry
{
    public required string Id { get; init; }

    public required string Category { get; init; }

    public string? Date { get; init; }

    public required string Title { get; init; }

    public EntryCode? Code { get; init; }

    public EntryValue? Value { get; init; }

    public EntryAuthor? Author { get; init; }

    public string? Status { get; init; }

    public required IReadOnlyList<Origin> Origins { get; init; }

    public IReadOnlyList<Conflict> Conflicts { get; init; } = [];
}

public sealed record EntryCode(string? System, string? Code, string? Display);

public sealed record EntryValue
{
    public decimal? Number { get; init; }

    public string? Comparator { get; init; }

    public string? Unit { get; init; }

    public string? UnitCode { get; init; }

    public string? Text { get; init; }

    public EntryCode? Coding { get; init; }

    public string? Interpretation { get; init; }

    public decimal? ReferenceLow { get; init; }

    public decimal? ReferenceHigh { get; init; }
}

public sealed record EntryAuthor(string? Name, string? Role, string? Organization);

public sealed record Origin(string SourceId, string LocalId);

public sealed record Conflict(string Field, IReadOnlyList<ConflictValue> Values);

public sealed record ConflictValue(string SourceId, string Value);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GraphQlAnswer))]
[JsonSerializable(typeof(GraphQlQuestion))]
internal sealed partial class HubJson : JsonSerializerContext;

using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DmpFederation.Hub.Cli.Audits;
using DmpFederation.Hub.Cli.Consents;
using DmpFederation.Hub.Cli.Migrate;

namespace DmpFederation.Hub.Cli;

/// <summary>What <c>--json</c> prints; property names are part of the contract with scripts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InsCheckLine))]
[JsonSerializable(typeof(SourceLine))]
[JsonSerializable(typeof(UnmappedCodeLine))]
[JsonSerializable(typeof(PreviewEntryLine))]
[JsonSerializable(typeof(PreviewRefusedLine))]
[JsonSerializable(typeof(OverlapLine))]
[JsonSerializable(typeof(QuarantinedLine))]
[JsonSerializable(typeof(ReplayLine))]
[JsonSerializable(typeof(RefusedRegisterLine))]
[JsonSerializable(typeof(RegisterCounts))]
[JsonSerializable(typeof(AuditReportLine))]
[JsonSerializable(typeof(MigrationLine))]
[JsonSerializable(typeof(MigrationRefusedLine))]
internal sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>French labels stay readable in a terminal; the lines are never embedded in HTML.</summary>
    public static CliJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

internal sealed record InsCheckLine(bool Valid, string? System, string? Rule, string? Message);

internal sealed record SourceLine(string Id, string Name, string Region, string Plugin, string? PluginVersion, string State, string? Reason);

/// <summary>One code of a source that is not mapped.</summary>
internal sealed record UnmappedCodeLine(string Source, string System, string Code, string? Label, string? Unit, long Count);

/// <summary>One entry the hub would read out of a file.</summary>
internal sealed record PreviewEntryLine(
    string File, string LocalId, string Category, string? Date, string Title, PreviewCodeLine? Code, PreviewValueLine? Value, string? Author,
    string? Status, IReadOnlyList<string> Confidentiality, string? DocumentLocalId, string PatientKeySystem, JsonElement Fhir);

internal sealed record PreviewCodeLine(string? System, string? Code, string? Display);

internal sealed record PreviewValueLine(decimal? Number, string? Comparator, string? Unit, string? UnitCode, string? Text, PreviewCodeLine? Coding,
    decimal? ReferenceLow, decimal? ReferenceHigh, string? Interpretation);

/// <summary>One file, or part of one, the hub would not read.</summary>
internal sealed record PreviewRefusedLine(string File, string Refused, string Reason, string? Position);

/// <summary>What the sources share, in one line.</summary>
internal sealed record OverlapLine(int Patients, int Incomplete, long Facts, IReadOnlyList<ShareLine> Sources, IReadOnlyList<PairLine> Pairs);

internal sealed record ShareLine(string Id, long Facts, long Alone, long Copies);

internal sealed record PairLine(string First, string Second, long Facts, double ShareOfFirst, double ShareOfSecond, long Agreeing, long Conflicting,
    IReadOnlyList<CategoryLine> Categories);

internal sealed record CategoryLine(string Category, long Facts, long Agreeing, long Conflicting);

internal static class JsonOption
{
    public static Option<bool> Create() => new("--json") { Description = "One JSON object a line, for machines." };
}

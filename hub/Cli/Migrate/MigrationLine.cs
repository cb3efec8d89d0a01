using System.Text.Json;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Migration.Orders;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Steps;

namespace DmpFederation.Hub.Cli.Migrate;

/// <summary>How a source stands, as it is printed.</summary>
internal sealed record MigrationLine(
    string SourceId, string State, long Copied, long Total, long Differences, IReadOnlyList<string> BlockedBy, DateTimeOffset? StartedAt,
    DateTimeOffset? FollowedAt, bool Braked, double? Rate, long? EtaSeconds, IReadOnlyList<SliceLine> Slices)
{
    /// <param name="status">How it stands.</param>
    /// <param name="missing">What its slices lack.</param>
    /// <param name="only">Only these slices; null for all.</param>
    public static MigrationLine Of(MigrationStatus status, IReadOnlyList<MissingEvidence> missing, IReadOnlyList<SliceId>? only = null) => new(
        status.SourceId,
        AuditCode.Of(status.State),
        status.Copied,
        status.Total,
        status.Differences,
        [.. missing.SelectMany(static slice => slice.Codes).Distinct(StringComparer.Ordinal)],
        status.Record?.StartedAt,
        status.Record?.FollowedAt,
        status.Record?.Braked ?? false,
        Rounded(status.Rate),
        Seconds(status.Left),
        [
            .. status.Slices.Where(slice => only?.Contains(slice.Id) ?? true).Select(slice => SliceLine.Of(
                slice, Rounded(status.RateOf(slice.Id)), Seconds(status.LeftOf(slice)), missing.FirstOrDefault(one => one.Slice == slice.Id)?.Codes ?? [])),
        ]);

    public string Json() => JsonSerializer.Serialize(this, CliJson.Readable.MigrationLine);

    private static double? Rounded(double? rate) => rate is { } known ? Math.Round(known, 2) : null;

    private static long? Seconds(TimeSpan? left) => left is { } known ? (long)Math.Ceiling(known.TotalSeconds) : null;
}

/// <summary>How a slice stands, as it is printed.</summary>
internal sealed record SliceLine(
    string Id, string State, string? Resumes, string ServedBy, long Copied, long Total, double? Rate, long? EtaSeconds, DateTimeOffset? VerifiedAt,
    long Differences, DateTimeOffset? RehearsedAt, DateTimeOffset? SwitchedAt, long ShadowReads, long ShadowDifferences, IReadOnlyList<string> Missing)
{
    public static SliceLine Of(SliceRecord slice, double? rate, long? etaSeconds, IReadOnlyList<string> missing) => new(
        slice.Id.ToString(), AuditCode.Of(slice.State), slice.Resumes is { } state ? AuditCode.Of(state) : null,
        slice.ServedNationally ? "NATIONAL" : "LEGACY", slice.Copied, slice.Total, rate, etaSeconds, slice.VerifiedAt, slice.Differences,
        slice.RehearsedAt, slice.SwitchedAt, slice.ShadowReads, slice.ShadowDifferences, missing);
}

/// <summary>An order that was not carried out, as it is printed.</summary>
internal sealed record MigrationRefusedLine(string Code, string? Rule, string? Message, IReadOnlyList<MissingLine>? Slices)
{
    public static MigrationRefusedLine Of(MigrationRefusal refusal) => new(
        refusal.Code,
        refusal.Rule,
        refusal.Message,
        refusal.Missing.Count == 0
            ? null
            : [.. refusal.Missing.Select(static one => new MissingLine(one.Slice.ToString(), AuditCode.Of(one.To), one.Codes))]);
}

/// <summary>What a slice lacks, as it is printed.</summary>
internal sealed record MissingLine(string Id, string To, IReadOnlyList<string> Missing);

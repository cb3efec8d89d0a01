using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DmpFederation.Sdk.Conformance;

/// <summary>The result of all checks of one plug-in.</summary>
/// <param name="Plugin">Id of the plug-in, or the name of its folder when its manifest could not be read.</param>
/// <param name="Version">Its version; null when it could not be loaded.</param>
/// <param name="Checks">Every check, in order of its id.</param>
public sealed record ConformanceReport(string Plugin, string? Version, IReadOnlyList<CheckResult> Checks)
{
    /// <summary>True when nothing failed.</summary>
    public bool Passed => Checks.All(check => check.Status != CheckStatus.Failed);

    /// <summary>The checks that failed.</summary>
    public IReadOnlyList<CheckResult> Failures => [.. Checks.Where(check => check.Status == CheckStatus.Failed)];

    /// <summary>
    /// One JSON object: <c>plugin</c>, <c>version</c>, <c>passed</c>, <c>checks</c> (each with <c>id</c>, <c>title</c>, <c>status</c>, <c>problem</c>,
    /// <c>toFix</c>, <c>elapsedMs</c>).
    /// </summary>
    public string ToJson() => JsonSerializer.Serialize(
        new ReportJson(
            Plugin,
            Version,
            Passed,
            [.. Checks.Select(check => new CheckJson(
                check.Id, check.Title, check.Status, check.Problem, check.ToFix, (long)check.Elapsed.TotalMilliseconds))]),
        ReportContext.Readable.ReportJson);

    /// <summary>The report for a person: failures with what to fix, what did not apply, and a count.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var check in Checks.Where(check => check.Status != CheckStatus.NotApplicable))
        {
            text.Append(check.Status == CheckStatus.Passed ? "pass" : "FAIL").Append(' ').Append(check.Id).Append("  ").AppendLine(check.Title);
            if (check.Problem is not null)
                text.Append("        ").AppendLine(check.Problem);
            if (check.ToFix is not null)
                text.Append("        to fix: ").AppendLine(check.ToFix);
        }
        foreach (var reason in Checks.Where(check => check.Status == CheckStatus.NotApplicable).GroupBy(check => check.Problem))
            text.Append("n/a  ").AppendJoin(", ", reason.Select(check => check.Id)).Append(": ").AppendLine(reason.Key);
        return text.AppendLine()
            .Append(Plugin).Append(Version is null ? "" : $" {Version}").Append(": ")
            .Append(Count(CheckStatus.Passed)).Append(" passed, ")
            .Append(Count(CheckStatus.Failed)).Append(" failed, ")
            .Append(Count(CheckStatus.NotApplicable)).AppendLine(" not applicable.")
            .ToString();
    }

    private int Count(CheckStatus status) => Checks.Count(check => check.Status == status);
}

internal sealed record ReportJson(string Plugin, string? Version, bool Passed, IReadOnlyList<CheckJson> Checks);

internal sealed record CheckJson(string Id, string Title, CheckStatus Status, string? Problem, string? ToFix, long ElapsedMs);

[JsonSourceGenerationOptions(Converters = [typeof(CamelCaseStatus)])]
[JsonSerializable(typeof(ReportJson))]
internal sealed partial class ReportContext : JsonSerializerContext
{
    public static ReportContext Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new CamelCaseStatus() },
    });
}

internal sealed class CamelCaseStatus() : JsonStringEnumConverter<CheckStatus>(JsonNamingPolicy.CamelCase);

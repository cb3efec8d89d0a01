using System.Diagnostics;

namespace DmpFederation.Hub.Audit;

/// <summary>The id that ties an answer to its lines, for the request that runs. It is the trace id of the caller's W3C trace context when there is one.</summary>
internal static class Correlation
{
    private static readonly AsyncLocal<string?> Id = new();

    /// <summary>The id of the running request; a new one outside of any.</summary>
    public static string Current => Id.Value ?? New();

    /// <summary>Begins a request.</summary>
    /// <param name="traceParent">Header <c>traceparent</c>; null, empty or wrong when there is none.</param>
    public static string Begin(string? traceParent) =>
        Id.Value = ActivityContext.TryParse(traceParent, null, out var caller) && caller.TraceId != default ? caller.TraceId.ToHexString() : New();

    private static string New() => ActivityTraceId.CreateRandom().ToHexString();
}

using System.Text;

namespace DmpFederation.Hub.Audit;

/// <summary>Sources of a line as one text. Ids and codes hold none of the signs between them.</summary>
internal static class AuditSources
{
    public static string? Text(IReadOnlyList<AuditedSource> sources)
    {
        if (sources.Count == 0)
            return null;
        var text = new StringBuilder(sources.Count * 28);
        for (var index = 0; index < sources.Count; index++)
        {
            if (index > 0)
                text.Append(';');
            text.Append(sources[index].SourceId).Append('=').Append(sources[index].Status);
            if (sources[index].Reason is { } reason)
                text.Append(':').Append(reason);
        }
        return text.ToString();
    }

    public static IReadOnlyList<AuditedSource> Read(string? text) => text is null ? [] : [.. text.Split(';').Select(One)];

    private static AuditedSource One(string text)
    {
        var sign = text.IndexOf('=', StringComparison.Ordinal);
        if (sign < 0)
            return new AuditedSource(text, "UNKNOWN", null);
        var rest = text[(sign + 1)..];
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new AuditedSource(text[..sign], rest, null) : new AuditedSource(text[..sign], rest[..colon], rest[(colon + 1)..]);
    }
}

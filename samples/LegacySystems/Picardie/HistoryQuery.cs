using System.Globalization;

namespace DmpFederation.LegacySystems.Picardie;

/// <summary>A page of the history: from a moment on, before a place, none of what was stored after the first page was asked for.</summary>
internal sealed record HistoryQuery(long Since, long UpTo, long BeforeUpdated, long BeforeSeq, int Count)
{
    public static HistoryQuery Parse(IReadOnlyDictionary<string, string> parameters, long lastSeq)
    {
        if (parameters.TryGetValue("_page", out var token))
            return FromToken(token);
        var since = 0L;
        if (parameters.TryGetValue("_since", out var moment))
        {
            since = ResourceIndex.Interval(moment.Replace(' ', '+')) is { } interval
                ? interval.From
                : throw new FhirFault(400, "invalid", "_since is not an instant.");
        }
        var count = parameters.TryGetValue("_count", out var text) ? SearchQuery.Counted(text) : SearchQuery.DefaultCount;
        return new HistoryQuery(since, lastSeq, long.MaxValue, long.MaxValue, count);
    }

    public string Token() => string.Create(CultureInfo.InvariantCulture, $"{Since}.{UpTo}.{BeforeUpdated}.{BeforeSeq}.{Count}");

    private static HistoryQuery FromToken(string token)
    {
        var numbers = new List<long>();
        foreach (var part in token.Split('.'))
        {
            if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                break;
            numbers.Add(number);
        }
        return numbers is [var since, var upTo, var updated, var seq, > 0 and <= SearchQuery.LargestCount and var count]
            ? new HistoryQuery(since, upTo, updated, seq, (int)count)
            : throw new FhirFault(410, "not-found", "The page is not known any more.");
    }
}

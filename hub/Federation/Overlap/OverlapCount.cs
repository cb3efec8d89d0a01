using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation.Overlap;

/// <summary>Adds up dossiers; keeps figures alone. Not thread-safe.</summary>
internal sealed class OverlapCount
{
    private readonly SortedDictionary<string, (long Facts, long Alone, long Copies)> sources = new(StringComparer.Ordinal);
    private readonly Dictionary<(string First, string Second, EntryCategory Category), (long Facts, long Conflicting)> common = [];
    private int patients;
    private int incomplete;
    private long facts;

    public void Add(DossierAnswer dossier)
    {
        patients++;
        incomplete += dossier.Complete ? 0 : 1;
        foreach (var fact in dossier.Entries)
            Add(fact);
    }

    public OverlapReport Report()
    {
        var ids = sources.Keys.ToList();
        var pairs = new List<SourcePair>();
        for (var first = 0; first < ids.Count; first++)
        {
            for (var second = first + 1; second < ids.Count; second++)
            {
                var categories = common.Where(pair => pair.Key.First == ids[first] && pair.Key.Second == ids[second])
                    .Select(static pair => new CategoryOverlap(pair.Key.Category, pair.Value.Facts, pair.Value.Conflicting))
                    .OrderByDescending(static category => category.Facts).ThenBy(static category => category.Category);
                pairs.Add(new SourcePair(ids[first], ids[second], [.. categories], sources[ids[first]].Facts, sources[ids[second]].Facts));
            }
        }
        var shares = sources.Select(static source => new SourceShare(source.Key, source.Value.Facts, source.Value.Alone, source.Value.Copies));
        return new OverlapReport(patients, incomplete, facts, [.. shares], pairs);
    }

    private void Add(MergedEntry fact)
    {
        facts++;
        // Origins are ordered by source id, so holders are too.
        var holders = fact.Origins.Select(static origin => origin.SourceId).Distinct().ToList();
        foreach (var holder in holders)
        {
            var (held, alone, copies) = sources.GetValueOrDefault(holder);
            var entries = fact.Origins.Count(origin => origin.SourceId == holder);
            sources[holder] = (held + 1, alone + (holders.Count == 1 ? 1 : 0), copies + entries - 1);
        }
        for (var first = 0; first < holders.Count; first++)
        {
            for (var second = first + 1; second < holders.Count; second++)
            {
                var key = (holders[first], holders[second], fact.Lead.Category);
                var (both, conflicting) = common.GetValueOrDefault(key);
                common[key] = (both + 1, conflicting + (Disagree(fact, holders[first], holders[second]) ? 1 : 0));
            }
        }
    }

    /// <summary>True when the two state different values of some field.</summary>
    private static bool Disagree(MergedEntry fact, string first, string second) => fact.Conflicts.Any(conflict =>
    {
        var mine = conflict.Values.Where(value => value.SourceId == first).Select(static value => value.Value).ToHashSet(StringComparer.Ordinal);
        var theirs = conflict.Values.Where(value => value.SourceId == second).Select(static value => value.Value).ToHashSet(StringComparer.Ordinal);
        return mine.Count > 0 && theirs.Count > 0 && !mine.SetEquals(theirs);
    });
}

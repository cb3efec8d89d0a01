using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Reading;

/// <summary>
/// Cuts what a source said of one patient into one copy per group of categories. What is said of the patient, not of a fact (identity, gaps, items
/// nobody could read), stands in the copy of every group: each slice moves by itself and must say it by itself. Pure.
/// </summary>
internal static class CopySplit
{
    public static IReadOnlyDictionary<string, PatientCopy> ByGroup(
        MigrationPlan plan,
        PatientKey key,
        SourceOutcome outcome,
        IReadOnlyList<DossierEntry> facts,
        IReadOnlyDictionary<string, ContentCopy>? contents)
    {
        var said = new PatientCopy
        {
            Key = key,
            IsUnknown = outcome.UnknownPatients.Contains(key),
            Found = outcome.Found,
            Unreadable = outcome.Unreadable,
            Gaps = outcome.Gap is { } gap ? [gap] : [.. outcome.Gaps.Select(static one => one.Code)],
            AsOf = outcome.AsOf,
        };
        if (plan.Groups is [var only])
            return new Dictionary<string, PatientCopy>(1) { [only.Id] = With(said, facts, contents) };
        var copies = new Dictionary<string, PatientCopy>(plan.Groups.Count, StringComparer.Ordinal);
        foreach (var group in plan.Groups)
        {
            var own = facts.Where(fact => group.Categories.Contains(fact.Category)).ToList();
            copies.Add(group.Id, With(said, own, contents is null || !group.Categories.Contains(EntryCategory.Document) ? null : contents));
        }
        return copies;
    }

    private static PatientCopy With(
        PatientCopy said, IReadOnlyList<DossierEntry> facts, IReadOnlyDictionary<string, ContentCopy>? contents) =>
        contents is null ? said with { Entries = facts } : said with { Entries = facts, Contents = contents };
}

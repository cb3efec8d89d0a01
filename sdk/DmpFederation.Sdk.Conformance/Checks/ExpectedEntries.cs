using DmpFederation.Sdk.Conformance.Fixtures;

namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary>Holds entries against what a fixture expects.</summary>
internal static class ExpectedEntries
{
    private const int MostNamed = 5;

    /// <summary>The difference in words, or null.</summary>
    public static string? Difference(IReadOnlyList<EntryFixture> expected, IEnumerable<DossierEntry> seen)
    {
        var entries = new Dictionary<string, DossierEntry>(StringComparer.Ordinal);
        foreach (var entry in seen)
        {
            if (!entries.TryAdd(entry.LocalId, entry))
                return $"local id {entry.LocalId} came twice";
        }
        var missing = expected.Select(entry => entry.LocalId).Where(id => !entries.ContainsKey(id)).ToList();
        var extra = entries.Keys.Except(expected.Select(entry => entry.LocalId)).ToList();
        if (missing.Count + extra.Count > 0)
            return string.Join("; ", new[] { Named("missing", missing), Named("not expected", extra) }.OfType<string>());
        return expected.Select(entry => Difference(entry, entries[entry.LocalId])).FirstOrDefault(problem => problem is not null);
    }

    private static string? Difference(EntryFixture expected, DossierEntry seen)
    {
        if (FixtureCheck.Categories[expected.Category] != seen.Category)
            return Unlike("category", expected.Category, seen.Category.ToString());
        if (expected.Code is not null && expected.Code != seen.Code?.Code)
            return Unlike("code", expected.Code, seen.Code?.Code);
        if (expected.Date is not null && expected.Date != seen.Date?.ToString())
            return Unlike("date", expected.Date, seen.Date?.ToString());
        return expected.Title is not null && expected.Title != seen.Title ? Unlike("title", expected.Title, seen.Title) : null;

        string Unlike(string what, string right, string? found) => $"{what} of {expected.LocalId}: expected {right}, seen {found ?? "none"}";
    }

    private static string? Named(string what, List<string> ids) =>
        ids.Count == 0
            ? null
            : $"{what}: {string.Join(", ", ids.Take(MostNamed))}{(ids.Count > MostNamed ? $" and {ids.Count - MostNamed} more" : "")}";
}

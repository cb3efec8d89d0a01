using System.Text.Json;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>How an operator wants a source cut. Left empty it moves as one slice.</summary>
internal sealed record PlanDraft(string SourceId)
{
    /// <summary>Rule of a draft that makes no plan.</summary>
    public const string Rule = "BAD_PLAN";

    /// <summary>Most parts of one size.</summary>
    public const int MostParts = 100;

    /// <summary>Most patients of a cohort.</summary>
    public const int MostPatients = 1_000_000;

    private static readonly EntryCategory[] Every = Enum.GetValues<EntryCategory>();

    /// <summary>Equal parts of the patients, one wave each; null for no such cut.</summary>
    public int? Parts { get; init; }

    /// <summary>Percentage of the patients in a first wave, the others in a second; null for no such cut.</summary>
    public int? Percent { get; init; }

    /// <summary>Patients who move in a wave of their own, before all others; empty for none. By the keys the source files them under.</summary>
    public IReadOnlyCollection<PatientKey> Cohort { get; init; } = [];

    /// <summary>Groups of categories; those not named move together as one more. Empty: all move together.</summary>
    public IReadOnlyList<IReadOnlyList<EntryCategory>> Groups { get; init; } = [];

    /// <summary>The plan, or what to change. Exactly one is not null.</summary>
    public (MigrationPlan? Plan, string? Problem) ToPlan()
    {
        if (Parts is not null && Percent is not null)
            return (null, "Name a number of waves or a percentage, not both.");
        if (Parts is < 1 or > MostParts)
            return (null, $"The number of waves must be 1 to {MostParts}.");
        if (Percent is { } percent && (percent is < 1 or > 50 || 100 % percent != 0))
            return (null, "The percentage must be one of 1, 2, 4, 5, 10, 20, 25 and 50: patients are cut into equal parts.");
        if (Cohort.Count > MostPatients)
            return (null, $"A cohort has at most {MostPatients} patients.");
        if (Groups.Any(static group => group.Count == 0))
            return (null, "A group must name a category.");
        var named = Groups.SelectMany(static group => group).ToList();
        return named.Distinct().Count() < named.Count
            ? (null, "A category must stand in one group, once.")
            : (new MigrationPlan(SourceId, [.. Waves()], [.. CategoryGroups(named)]), null);
    }

    private IEnumerable<Wave> Waves()
    {
        if (Cohort.Count > 0)
            yield return new Wave("cohort", WaveKind.Cohort) { Cohort = Cohort.ToHashSet() };
        if (Percent is { } percent)
            yield return new Wave(FormattableString.Invariant($"percent-{percent}"), WaveKind.Partition) { Partition = new PatientPartition(0, 100 / percent) };
        var parts = Parts ?? 1;
        for (var index = 0; index < parts - 1; index++)
            yield return new Wave(FormattableString.Invariant($"wave-{index + 1}"), WaveKind.Partition) { Partition = new PatientPartition(index, parts) };
        yield return new Wave(parts > 1 ? FormattableString.Invariant($"wave-{parts}") : Cohort.Count > 0 || Percent is not null ? "rest" : "all", WaveKind.Rest);
    }

    private IEnumerable<CategoryGroup> CategoryGroups(List<EntryCategory> named)
    {
        if (Groups.Count == 0)
        {
            yield return new CategoryGroup("all", Every.ToHashSet());
            yield break;
        }
        for (var index = 0; index < Groups.Count; index++)
        {
            var id = Groups[index] is [var only]
                ? JsonNamingPolicy.KebabCaseLower.ConvertName(only.ToString())
                : FormattableString.Invariant($"group-{index + 1}");
            yield return new CategoryGroup(id, Groups[index].ToHashSet());
        }
        var others = Every.Except(named).ToHashSet();
        if (others.Count > 0)
            yield return new CategoryGroup("others", others);
    }
}

using System.Text.RegularExpressions;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Steps;

/// <summary>Whether a plan cuts every patient and category exactly once.</summary>
internal static partial class PlanCheck
{
    private static readonly EntryCategory[] Every = Enum.GetValues<EntryCategory>();

    /// <summary>What to change; null when it is a plan.</summary>
    public static string? Problem(MigrationPlan plan)
    {
        if (plan.Waves is not [.., { Kind: WaveKind.Rest }])
            return "The last wave must take every patient left.";
        if (plan.Waves.Take(plan.Waves.Count - 1).Any(static wave => wave.Kind == WaveKind.Rest))
            return "Only the last wave may take every patient left.";
        if (plan.Waves.Any(static wave => wave.Kind == WaveKind.Partition && !IsPart(wave.Partition)))
            return "A wave is no part of the patients: its index must lie below its count.";
        if (plan.Waves.Any(static wave => wave.Kind == WaveKind.Cohort && wave.Cohort.Count == 0))
            return "A cohort must name a patient.";
        if (!AreIds(plan.Waves.Select(static wave => wave.Id)) || !AreIds(plan.Groups.Select(static group => group.Id)))
            return "Ids of waves and groups are lower-case letters, digits and hyphens, at most 64, each once.";
        var named = plan.Groups.SelectMany(static group => group.Categories).ToList();
        return named.Count == Every.Length && Every.All(named.Contains) && plan.Groups.All(static group => group.Categories.Count > 0)
            ? null
            : "Every category must stand in one group, once.";
    }

    /// <summary>True when both cut alike.</summary>
    public static bool AreSame(MigrationPlan one, MigrationPlan other) =>
        one.SourceId == other.SourceId
        && one.Waves.Count == other.Waves.Count
        && one.Waves.Zip(other.Waves).All(static pair => pair.First.Id == pair.Second.Id && pair.First.Kind == pair.Second.Kind
            && (pair.First.Kind != WaveKind.Partition || pair.First.Partition == pair.Second.Partition)
            && (pair.First.Kind != WaveKind.Cohort || pair.First.Cohort.SetEquals(pair.Second.Cohort)))
        && one.Groups.Count == other.Groups.Count
        && one.Groups.Zip(other.Groups).All(static pair =>
            pair.First.Id == pair.Second.Id && pair.First.Categories.SetEquals(pair.Second.Categories));

    private static bool IsPart(PatientPartition part) => part.Count >= 1 && part.Index >= 0 && part.Index < part.Count;

    private static bool AreIds(IEnumerable<string> ids)
    {
        var list = ids.ToList();
        return list.Count > 0 && list.All(static id => IdShape().IsMatch(id)) && list.Distinct(StringComparer.Ordinal).Count() == list.Count;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,63}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdShape();
}

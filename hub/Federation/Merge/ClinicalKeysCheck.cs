namespace DmpFederation.Hub.Federation.Merge;

/// <summary>clinical-keys.json says something that cannot be meant; every fault is listed.</summary>
internal sealed class ClinicalKeysException(IReadOnlyList<string> faults)
    : Exception($"clinical-keys.json: {string.Join(" · ", faults)}")
{
    public IReadOnlyList<string> Faults { get; } = faults;
}

/// <summary>Checks the rules before they decide anything.</summary>
internal static class ClinicalKeysCheck
{
    public static void Throw(ClinicalKeysFile file)
    {
        var faults = Faults(file).ToArray();
        if (faults.Length > 0)
            throw new ClinicalKeysException(faults);
    }

    private static IEnumerable<string> Faults(ClinicalKeysFile file)
    {
        foreach (var id in Twice(file.Rules.Select(static rule => rule.Id)))
            yield return $"rule {id} stands twice";
        foreach (var rule in Twice(file.Rules.Select(static rule => $"{rule.Category}/{rule.Resource}")))
            yield return $"{rule} has two rules";
        foreach (var name in Twice(file.CodeSystems.Select(static system => system.Name)))
            yield return $"code system {name} stands twice";
        foreach (var system in Twice(file.CodeSystems.Select(static system => system.System)))
            yield return $"code system {system} stands twice";
        foreach (var loinc in Twice(file.Analytes.SelectMany(static analyte => analyte.Loinc)))
            yield return $"LOINC {loinc} belongs to two analytes";
        if (!(file.Tolerance.Percent is > 0 and <= 5 && file.Tolerance.RoundedPercent >= file.Tolerance.Percent
            && file.Tolerance.RoundedPercent <= 5))
            yield return "tolerance must be above 0 and at most 5 %, the rounded one not smaller";

        var names = file.CodeSystems.Select(static system => system.Name).Append(ClinicalKeysFile.Organization).ToHashSet(StringComparer.Ordinal);
        foreach (var rule in file.Rules)
        {
            foreach (var unknown in rule.Codes.Where(code => !names.Contains(code)))
                yield return $"rule {rule.Id} names the unknown code system {unknown}";
            foreach (var code in Twice(rule.Codes))
                yield return $"rule {rule.Id} names {code} twice";
            if (rule.Codes.Count is 0 or > ClinicalKeys.OtherCodes)
                yield return $"rule {rule.Id} must name 1 to {ClinicalKeys.OtherCodes} code systems";
            if (rule.Restates is { } restated && !file.Rules.Any(other => other.Id == restated && other.Category == rule.Category && other.Date == DateMatch.Day && other.Restates is null))
                yield return $"rule {rule.Id} restates {restated}, which is no rule of its category that asks for the same day";
            if (rule.Reason.Length == 0)
                yield return $"rule {rule.Id} has no reason";
        }
        foreach (var analyte in file.Analytes)
        {
            if (analyte.Loinc.Count == 0 || analyte.Units.Count == 0)
                yield return $"analyte {analyte.Id} needs a LOINC code and a unit";
            if (analyte.Units.Any(static unit => unit.Factor <= 0))
                yield return $"analyte {analyte.Id} has a factor that is not positive";
            foreach (var unit in Twice(analyte.Units.Select(static unit => Units.Normalise(unit.Unit))))
                yield return $"analyte {analyte.Id} has the unit {unit} twice";
        }
    }

    private static IEnumerable<string> Twice(IEnumerable<string> names) =>
        names.GroupBy(static name => name, StringComparer.Ordinal).Where(static group => group.Count() > 1).Select(static group => group.Key);
}

using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Truth;

/// <summary>
/// Exams of a patient that were done again too soon, by sampling date: HbA1c within 60 days, a lipid panel within 300 days of one on target, TSH
/// within 42 days, the same imaging act within 90 days. Found in the facts themselves, so that what was repeated by chance is told as well.
/// </summary>
public static class RedundantExams
{
    private static readonly Dictionary<string, int> Days = new()
    {
        ["4548-4"] = 60,
        ["3016-3"] = 42,
        ["2093-3"] = LipidDays,
        ["2085-9"] = LipidDays,
        ["13457-7"] = LipidDays,
        ["2571-8"] = LipidDays,
    };

    private const int LipidDays = 300;
    private const int ImagingDays = 90;

    /// <summary>Pairs of the exam repeated and the last one before it.</summary>
    /// <param name="facts">Facts of one patient that a reader sees, oldest first.</param>
    public static IReadOnlyList<(SyntheticFact Exam, SyntheticFact Of)> Among(IEnumerable<SyntheticFact> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var found = new List<(SyntheticFact, SyntheticFact)>();
        var last = new Dictionary<string, SyntheticFact>(StringComparer.Ordinal);
        var onTarget = new Dictionary<DateTimeOffset, bool>();
        foreach (var fact in facts)
        {
            var code = fact.Codes[0].Code;
            if (fact.Kind == FactKind.LabResult && code == Analytes.Ldl.Code)
                onTarget[fact.Date] = fact.Flag == "N";
            if (Within(fact, code) is not { } days)
                continue;
            if (last.TryGetValue(code, out var before) && (fact.Date.Date - before.Date.Date).Days < days)
                found.Add((fact, before));
            last[code] = fact;
        }

        return [.. found.Where(pair => Days.GetValueOrDefault(pair.Item1.Codes[0].Code) != LipidDays || onTarget.GetValueOrDefault(pair.Item2.Date))];
    }

    private static int? Within(SyntheticFact fact, string code) => fact.Kind switch
    {
        FactKind.LabResult => Days.TryGetValue(code, out var days) ? days : null,
        FactKind.Act when Acts.IsImaging(code) => ImagingDays,
        _ => null,
    };
}

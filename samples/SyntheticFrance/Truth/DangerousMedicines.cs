using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Truth;

/// <summary>
/// Medicines of a patient that were dispensed so that their treatments overlap: two that interact, or one under two brands. Each couple of
/// substances is told once, by the latest two boxes that overlap, those no single source holds before others.
/// </summary>
public static class DangerousMedicines
{
    /// <summary>Couples that interact, with the level of the ANSM thesaurus.</summary>
    /// <param name="patient">The patient.</param>
    public static IReadOnlyList<(SyntheticFact One, SyntheticFact Other, string Level)> Interactions(SyntheticPatient patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        return
        [
            .. Couples(patient, static (one, other) => AnsmThesaurus.LevelOf(one.Atc, other.Atc) is not null, static box => box.Atc)
                .Select(static couple => (couple.One.Fact, couple.Other.Fact, AnsmThesaurus.LevelOf(couple.One.Atc, couple.Other.Atc)!)),
        ];
    }

    /// <summary>One substance, by its ATC code, under two brands.</summary>
    /// <param name="patient">The patient.</param>
    public static IReadOnlyList<(SyntheticFact One, SyntheticFact Other, SyntheticCode Substance)> Duplicates(SyntheticPatient patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        return
        [
            .. Couples(patient, static (one, other) => one.Atc == other.Atc && one.Brand != other.Brand, static box => box.Brand)
                .Select(static couple => (couple.One.Fact, couple.Other.Fact, couple.One.Fact.Codes[1])),
        ];
    }

    /// <summary>The last day a dispensed medicine is taken, as it is usually taken.</summary>
    /// <param name="dispensation">A fact of that kind.</param>
    public static DateOnly LastDay(SyntheticFact dispensation)
    {
        ArgumentNullException.ThrowIfNull(dispensation);
        var boxes = (int)(dispensation.Value ?? 1);
        return DateOnly.FromDateTime(dispensation.Date.DateTime).AddDays((Medicines.DaysOfBox(dispensation.Codes[0].Code) * boxes) - 1);
    }

    private static IEnumerable<(Box One, Box Other)> Couples(SyntheticPatient patient, Func<Box, Box, bool> concerns, Func<Box, string> name)
    {
        var boxes = patient.Facts.Where(fact => fact.Kind == FactKind.Dispensation && !DispensationWindow.IsVaccine(fact.Codes[1].Code))
            .Where(fact => fact.Origins.Any(patient.Shows))
            .Select(fact => new Box(fact, DateOnly.FromDateTime(fact.Date.DateTime), LastDay(fact)))
            .ToList();
        var latest = new Dictionary<(string, string), (Box One, Box Other, bool Apart)>();
        for (var later = 1; later < boxes.Count; later++)
        {
            for (var earlier = 0; earlier < later; earlier++)
            {
                var (one, other) = (boxes[earlier], boxes[later]);
                if (one.To < other.From || !concerns(one, other))
                    continue;
                var key = string.CompareOrdinal(name(one), name(other)) < 0 ? (name(one), name(other)) : (name(other), name(one));
                var apart = !Sources(patient, one).Overlaps(Sources(patient, other));
                if (apart || !latest.TryGetValue(key, out var known) || !known.Apart)
                    latest[key] = (one, other, apart);
            }
        }

        return latest.Values.Select(static couple => (couple.One, couple.Other));
    }

    private static HashSet<string> Sources(SyntheticPatient patient, Box box) =>
        [.. box.Fact.Origins.Where(patient.Shows).Select(static origin => origin.SourceId)];

    private sealed record Box(SyntheticFact Fact, DateOnly From, DateOnly To)
    {
        public string Atc => Fact.Codes[1].Code;

        public string Brand => Fact.Codes[0].Code;
    }
}

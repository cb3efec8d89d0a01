using DmpFederation.SyntheticFrance.Care;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Randomness;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Hazards;

/// <summary>
/// Medicines that should not be taken together, or twice, handed out by people who could not see each other's dossier. What follows from them is told
/// by <see cref="Truth.DangerousMedicines"/>, which looks at the boxes and not at this plan.
/// </summary>
internal static class MedicinesApart
{
    /// <summary>Medicines already taken, by ATC code, and what somebody adds unknowing.</summary>
    private static readonly IReadOnlyList<(string Taken, Medicine Added)> OnTop =
    [
        (Medicines.Gliclazide.Atc, Medicines.MiconazoleGel),
        (Medicines.Ramipril.Atc, Medicines.Potassium),
        (Medicines.Amlodipine.Atc, Medicines.Bisoprolol),
        (Medicines.Ramipril.Atc, Medicines.RamiprilOtherBrand),
        (Medicines.Glargine.Atc, Medicines.Bisoprolol),
        (Medicines.Fluindione.Atc, Medicines.MiconazoleGel),
        (Medicines.Fluindione.Atc, Medicines.Ibuprofen),
        (Medicines.Amlodipine.Atc, Medicines.AmlodipineOtherBrand),
        (Medicines.Atorvastatin.Atc, Medicines.AtorvastatinOtherBrand),
        (Medicines.Metformin1000.Atc, Medicines.MetforminOtherBrand),
        (Medicines.Levothyroxine100.Atc, Medicines.LevothyroxineOtherBrand),
        (Medicines.Salbutamol.Atc, Medicines.Bisoprolol),
    ];

    /// <summary>What the demo's patient has: every level, and one substance twice.</summary>
    private static readonly IReadOnlyList<(string Taken, Medicine Added)> OfTheDemo = [OnTop[0], OnTop[1], OnTop[2], OnTop[3]];

    private static readonly IReadOnlyList<(Medicine First, Medicine Second)> Couples =
    [
        (Medicines.Colchicine, Medicines.Clarithromycin),
        (Medicines.Hydroxyzine, Medicines.Domperidone),
        (Medicines.Simvastatin, Medicines.Clarithromycin),
        (Medicines.Amiodarone, Medicines.Digoxin),
        (Medicines.Amiodarone, Medicines.Simvastatin),
        (Medicines.Trinitrin, Medicines.Sildenafil),
    ];

    public static void Plant(Chart chart, bool leading)
    {
        if (chart.Holdings.OfDispensations.Count < 2)
            return;
        chart.DrawFrom(Streams.MedicinesApart);
        var dice = chart.Dice;
        if (leading)
        {
            foreach (var (taken, added) in OfTheDemo)
                Add(chart, taken, added);
            return;
        }

        var taking = chart.Treatments.Select(treatment => treatment.Medicine.Atc).ToHashSet();
        var fitting = OnTop.Where(pair => taking.Contains(pair.Taken) && !taking.Contains(Other(pair))).ToList();
        if (fitting.Count > 0 && dice.Chance(0.3))
        {
            var (atc, added) = dice.Pick(fitting);
            Add(chart, atc, added);
        }

        if (chart.Person.AgeOn(chart.Calendar.Today) >= 40 && dice.Chance(0.05))
            Meet(chart, dice.Pick(Couples.Where(pair => pair.Second != Medicines.Sildenafil || chart.Person.Sex == "M").ToList()));
    }

    // A second brand is no stranger to who takes the first; any other medicine is.
    private static string Other((string Taken, Medicine Added) pair) => pair.Taken == pair.Added.Atc ? "" : pair.Added.Atc;

    private static void Add(Chart chart, string taken, Medicine added)
    {
        var dice = chart.Dice;
        var today = chart.Calendar.Today;
        var boxes = chart.SoFar
            .Where(fact => fact.Kind == FactKind.Dispensation && fact.Codes[1].Code == taken)
            .Where(fact => DayOf(fact) > today.AddDays(-300) && DayOf(fact) < today.AddDays(-12) && fact.Origins.Any(origin => origin.Visible))
            .ToList();
        if (boxes.Count == 0)
            return;
        var apart = boxes.Where(box => Elsewhere(chart, box).Count > 0).ToList();
        var box = dice.Pick(apart.Count > 0 ? apart : boxes);
        var sources = Elsewhere(chart, box) is { Count: > 0 } others ? others : chart.Holdings.OfDispensations;
        Pharmacy.DispenseFor(chart, dice.Pick(sources), DayOf(box).AddDays(dice.Between(1, 6)), added);
    }

    private static void Meet(Chart chart, (Medicine First, Medicine Second) pair)
    {
        var dice = chart.Dice;
        var day = chart.Calendar.Today.AddDays(-dice.Between(12, 300));
        var sources = chart.Holdings.OfDispensations;
        var one = dice.Pick(sources);
        var other = dice.Pick(sources.Where(source => source != one).ToList());
        if (chart.SoFar.Any(fact => fact.Codes.Any(code => code.Code == pair.First.Atc || code.Code == pair.Second.Atc)))
            return;
        Pharmacy.DispenseFor(chart, one, day, pair.First);
        Pharmacy.DispenseFor(chart, other, day.AddDays(dice.Between(1, 5)), pair.Second);
    }

    private static List<string> Elsewhere(Chart chart, SyntheticFact box) =>
        [.. chart.Holdings.OfDispensations.Where(source => box.Origins.All(origin => origin.SourceId != source))];

    private static DateOnly DayOf(SyntheticFact fact) => DateOnly.FromDateTime(fact.Date.DateTime);
}

using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Randomness;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Care;

/// <summary>
/// Visits to the pharmacy. Each box is a line of the dossier pharmaceutique, at times also an eDISP document of Franche-Comté or a
/// MedicationDispense of Picardie: one box seen up to three times.
/// </summary>
internal static class Pharmacy
{
    private const double RefusedByThePatient = 0.03;

    /// <summary>The dossier pharmaceutique's trial began that day; it holds nothing older.</summary>
    private static readonly DateOnly FirstDayOfTheDp = new(2007, 5, 15);

    public static void Visit(Chart chart, DateOnly day, params IReadOnlyList<(Medicine Medicine, int Boxes)> lines)
    {
        var dice = chart.Dice;
        var moment = ParisTime.At(AwayFromWindowEdges(day, chart.Calendar.Today));
        var date = DateOnly.FromDateTime(moment.DateTime);
        var pharmacist = dice.Pick(Professionals.Pharmacists);
        var document = dice.Chance(0.35);
        var picardie = dice.Chance(0.45) && chart.Holdings.Picardie;
        var fresh = lines.Where(line => date < chart.Calendar.Today && chart.IsNew(date, line.Medicine.Cip13)).ToList();
        if (fresh.Count == 0)
            return;

        var report = document && chart.Holdings.FrancheComte
            ? Documents.File(
                chart, DocumentTypes.Dispensation, ParisTime.At(date, 11), pharmacist, DocumentForm.Structured, "Dispensation de médicaments.", 0.1)
            : null;
        foreach (var (medicine, boxes) in fresh)
        {
            var refused = dice.Chance(RefusedByThePatient);
            var origins = new List<SyntheticOrigin>(3);
            if (chart.Holdings.Dp && date >= FirstDayOfTheDp)
                origins.Add(chart.InDp(medicine, date, refused));
            if (report is not null)
                origins.Add(Chart.InDocument(report, chart.Ids.NextEntry()));
            if (picardie || (origins.Count == 0 && chart.Holdings.Picardie))
                origins.Add(chart.InPicardie("MedicationDispense"));

            chart.Add(new SyntheticFact
            {
                Id = chart.NextFactId(),
                Kind = FactKind.Dispensation,
                Date = moment,
                Codes = medicine.Codes,
                Value = boxes,
                Unit = "{box}",
                Text = medicine.Posology,
                Author = pharmacist,
                Origins = origins,
            });
        }
    }

    /// <summary>
    /// A line on the very day a window opens would be in or out depending on the reader's hour; the truth must not. So no visit falls there.
    /// </summary>
    private static DateOnly AwayFromWindowEdges(DateOnly day, DateOnly today)
    {
        foreach (var months in (int[])[12, 36])
        {
            var edge = today.AddMonths(-months);
            if (Math.Abs(day.DayNumber - edge.DayNumber) <= 3)
                return edge.AddDays(-5);
        }

        return day;
    }
}

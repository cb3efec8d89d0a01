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

            chart.Add(Box(chart, moment, medicine, boxes, pharmacist, origins));
        }
    }

    /// <summary>A box of which one source alone has heard.</summary>
    /// <param name="chart">The patient's chart.</param>
    /// <param name="source">One of those that know the patient.</param>
    /// <param name="day">Far from the edges of the windows.</param>
    /// <param name="medicine">What was handed out.</param>
    /// <returns>The fact; null when the same box already is one of that day.</returns>
    public static SyntheticFact? DispenseFor(Chart chart, string source, DateOnly day, Medicine medicine)
    {
        if (!chart.IsNew(day, medicine.Cip13))
            return null;
        var pharmacist = chart.Dice.Pick(Professionals.Pharmacists);
        var origin = source switch
        {
            SourceIds.Dp => chart.InDp(medicine, day, refused: false),
            SourceIds.FrancheComte => Chart.InDocument(
                Documents.FileIn(
                    chart, DocumentTypes.Dispensation, ParisTime.At(day, 11), pharmacist, DocumentForm.Structured, "Dispensation de médicaments."),
                chart.Ids.NextEntry()),
            SourceIds.Picardie => chart.InPicardie("MedicationDispense"),
            _ => throw new ArgumentOutOfRangeException(nameof(source)),
        };
        var box = Box(chart, ParisTime.At(day), medicine, 1, pharmacist, [origin]);
        chart.Add(box);
        return box;
    }

    private static SyntheticFact Box(
        Chart chart, DateTimeOffset moment, Medicine medicine, int boxes, SyntheticAuthor pharmacist, IReadOnlyList<SyntheticOrigin> origins)
    {
        return new SyntheticFact
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
        };
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

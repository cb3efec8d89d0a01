using System.Globalization;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Randomness;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Care;

/// <summary>
/// The diabetes network: three of five diabetics joined it. It copies results and treatments that others hold, and keeps what it alone does: visits,
/// blood pressures, foot examinations, education, the shared care plan. Draws from dice of its own, so that joining changes nothing else of a life.
/// </summary>
internal sealed class DiabetesNetwork
{
    /// <summary>Stream of the dice.</summary>
    public const int Stream = 0xD1A;

    private const int RecordsPerPatient = 1_000;

    private static readonly HashSet<string> Copied =
    [
        Analytes.HbA1c.Code, Analytes.FastingGlucose.Code, Analytes.Creatinine.Code, Analytes.Egfr.Code, Analytes.Albuminuria.Code,
        Analytes.Cholesterol.Code, Analytes.Hdl.Code, Analytes.Ldl.Code, Analytes.Triglycerides.Code,
    ];

    private readonly Chart chart;
    private readonly Dice dice;
    private readonly long firstRecord;
    private int records;

    private DiabetesNetwork(Chart chart, int index, Dice dice)
    {
        this.chart = chart;
        this.dice = dice;
        firstRecord = (index + 1L) * RecordsPerPatient;
    }

    /// <summary>The facts of a life that is told, with the network's part in them.</summary>
    /// <param name="chart">A chart whose life is told.</param>
    /// <param name="told">Its facts, with what other sources hold of them.</param>
    /// <param name="index">Of the patient.</param>
    /// <param name="always">True for a patient who is in the network for certain, if diabetic.</param>
    /// <param name="dice">Of <see cref="Stream"/>.</param>
    public static IReadOnlyList<SyntheticFact> Follow(Chart chart, IReadOnlyList<SyntheticFact> told, int index, bool always, Dice dice)
    {
        var joined = dice.Chance(0.6) || always;
        return joined && chart.Conditions.Contains("E11") ? new DiabetesNetwork(chart, index, dice).Follow(told) : told;
    }

    /// <summary>The facts of a chart that goes on, with what the network of one of its patients copies of them and does itself.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="told">Its facts, with what other sources hold of them.</param>
    /// <param name="visit">Day of a visit to the network; null when there is none.</param>
    /// <param name="dice">Any.</param>
    public static IReadOnlyList<SyntheticFact> GoOn(Chart chart, IReadOnlyList<SyntheticFact> told, DateOnly? visit, Dice dice)
    {
        var network = new DiabetesNetwork(chart, chart.IdNumber, dice);
        var facts = network.Copies(told);
        if (visit is { } day)
        {
            facts.AddRange(network.VisitOn(day));
            facts.AddRange(network.FeetOn(day));
        }

        return [.. facts.OrderBy(fact => fact.Date)];
    }

    private List<SyntheticFact> Copies(IReadOnlyList<SyntheticFact> told)
    {
        var facts = new List<SyntheticFact>(told.Count + 24);
        foreach (var sampling in told.GroupBy(fact => fact.Date))
        {
            var sent = dice.Chance(0.75);
            var inMolar = dice.Chance(0.25);
            facts.AddRange(sampling.Select(fact => WithOrigin(fact, sent, inMolar)));
        }

        return facts;
    }

    private IReadOnlyList<SyntheticFact> Follow(IReadOnlyList<SyntheticFact> told)
    {
        var facts = Copies(told);
        if (!facts.Exists(fact => fact.Kind == FactKind.LabResult))
            facts.AddRange(OwnHbA1c());
        facts.AddRange(Visits());
        facts.AddRange(YearlyCare());
        return [.. facts.OrderBy(fact => fact.Date)];
    }

    private SyntheticFact WithOrigin(SyntheticFact fact, bool sent, bool inMolar)
    {
        var copied = fact.Kind switch
        {
            FactKind.LabResult => sent && Copied.Contains(fact.Codes[0].Code),
            FactKind.VitalSign => fact.Codes[0].Code == VitalSigns.Weight.Code && dice.Chance(0.6),
            FactKind.Prescription => fact.Codes[0].Code.StartsWith("A10", StringComparison.Ordinal) && dice.Chance(0.7),
            FactKind.Act => (fact.Codes[0] == Acts.Fundus || fact.Codes[0] == Acts.Electrocardiogram) && dice.Chance(0.6),
            _ => false,
        };
        if (!copied)
            return fact;
        var variant = inMolar && fact.Codes[0].Code == Analytes.HbA1c.Code ? Analytes.HbA1c.InOtherUnit(fact.Value!.Value) : null;
        return fact with { Origins = [.. fact.Origins, Held() with { Variant = variant }] };
    }

    /// <summary>Where no regional store holds results, the network's own are the only ones.</summary>
    private IEnumerable<SyntheticFact> OwnHbA1c()
    {
        var level = dice.Around(7.5m, 0.8m, 1);
        var day = chart.Calendar.Today.AddDays(-dice.Between(5, 80));
        for (var quarter = 0; quarter < 8; quarter++)
        {
            var value = Math.Clamp(level + dice.Around(0m, 0.3m, 1), 5.6m, 12m);
            if (chart.IsNew(day, Analytes.HbA1c.Code))
                yield return Fact(FactKind.LabResult, day, Analytes.HbA1c.Coded, Professionals.Endocrinologist) with
                {
                    Value = value,
                    Unit = Analytes.HbA1c.Unit,
                    ReferenceLow = Analytes.HbA1c.Low,
                    ReferenceHigh = Analytes.HbA1c.High,
                    Flag = Analytes.HbA1c.Flag(value),
                };
            day = day.AddDays(-dice.Between(84, 105));
        }
    }

    private IEnumerable<SyntheticFact> Visits()
    {
        var day = chart.Calendar.Today.AddDays(-dice.Between(4, 60));
        for (var visit = 0; visit < 5; visit++)
        {
            foreach (var fact in VisitOn(day))
                yield return fact;
            day = day.AddDays(-dice.Between(70, 150));
        }
    }

    private IEnumerable<SyntheticFact> VisitOn(DateOnly day)
    {
        var author = dice.Chance(0.6) ? Professionals.Endocrinologist : dice.Pick(Professionals.Nurses);
        var (systolic, diastolic) = (dice.Around(136m, 9m, 0), dice.Around(80m, 5m, 0));
        var mistyped = dice.Chance(0.08);
        if (chart.IsNew(day, NetworkTerms.Visit.Code))
            yield return Fact(FactKind.Visit, day, NetworkTerms.Visit, author) with { Text = "Consultation de suivi du diabète" };
        if (chart.IsNew(day, NetworkTerms.BloodPressure.Code))
            yield return Fact(FactKind.VitalSign, day, NetworkTerms.BloodPressure, author) with
            {
                Value = systolic,
                SecondValue = diastolic,
                Unit = "mm[Hg]",
            };
        // Entered in another patient's file and withdrawn later: never in the truth.
        if (mistyped && chart.IsNew(day, VitalSigns.Weight.Code))
            yield return Withdrawn(Fact(FactKind.VitalSign, day, VitalSigns.Weight, author) with { Value = 8.6m, Unit = "kg" });
    }

    private IEnumerable<SyntheticFact> YearlyCare()
    {
        var today = chart.Calendar.Today;
        for (var year = 0; year < 2; year++)
        {
            var day = today.AddDays(-dice.Between(8, 330) - (365 * year));
            foreach (var fact in FeetOn(day))
                yield return fact;
        }
        if (dice.Chance(0.5))
        {
            var day = today.AddDays(-dice.Between(15, 350));
            if (chart.IsNew(day, NetworkTerms.Retinography.Code))
                yield return Fact(FactKind.Act, day, NetworkTerms.Retinography, Professionals.Endocrinologist) with { Text = "Pas de rétinopathie" };
        }
        var sessions = dice.Between(1, 3);
        for (var session = 0; session < sessions; session++)
        {
            var day = today.AddDays(-dice.Between(10, 600));
            if (chart.IsNew(day, NetworkTerms.Education.Code))
                yield return Fact(FactKind.Act, day, NetworkTerms.Education, dice.Pick(Professionals.Nurses)) with
                {
                    Text = dice.Pick(NetworkTerms.Subjects),
                };
        }
        var planned = today.AddDays(-dice.Between(30, 400));
        if (chart.IsNew(planned, DocumentTypes.CarePlan.Code))
            yield return Fact(FactKind.CarePlan, planned, DocumentTypes.CarePlan, Professionals.Endocrinologist) with
            {
                Text = "Objectif d'HbA1c : 7 %.\nAutosurveillance une fois par jour ; marche 30 minutes.\nConsultation « pied » chaque année.",
            };
    }

    private IEnumerable<SyntheticFact> FeetOn(DateOnly day)
    {
        var grade = dice.Next(10) switch { < 7 => 0m, < 9 => 1m, _ => 2m };
        if (chart.IsNew(day, NetworkTerms.FootExamination.Code))
            yield return Fact(FactKind.Act, day, NetworkTerms.FootExamination, dice.Pick(Professionals.Nurses)) with { Value = grade };
    }

    private SyntheticFact Fact(FactKind kind, DateOnly day, SyntheticCode code, SyntheticAuthor author) => new()
    {
        Id = chart.NextFactId(),
        Kind = kind,
        Date = ParisTime.At(day),
        Codes = [code],
        Author = author,
        Origins = [Held()],
    };

    private static SyntheticFact Withdrawn(SyntheticFact fact) => fact with { Origins = [fact.Origins[0] with { Visible = false, Withdrawn = true }] };

    private SyntheticOrigin Held() => new()
    {
        SourceId = SourceIds.ReseauDiabete,
        LocalId = string.Create(CultureInfo.InvariantCulture, $"suivi/{firstRecord + records++}"),
    };
}

using DmpFederation.SyntheticFrance.Care;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Randomness;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Hazards;

/// <summary>
/// What goes wrong in the books of the sources and is put right: values corrected, reports replaced, entries withdrawn, and facts that are
/// recorded long after they happened. Today each source shows the right thing; its history shows the rest.
/// </summary>
internal static class BookErrors
{
    public static void Plant(Chart chart)
    {
        chart.DrawFrom(Streams.BookErrors);
        var dice = chart.Dice;
        if (dice.Chance(0.08))
            Correct(chart, SourceIds.Picardie, FactKind.LabResult);
        if (dice.Chance(0.05))
            Correct(chart, SourceIds.Dp, FactKind.Dispensation);
        if (dice.Chance(0.06))
            ReplaceReport(chart);
        if (chart.Holdings.Picardie && dice.Chance(0.06))
            WithdrawResult(chart);
        if (chart.Holdings.Picardie && dice.Chance(0.04))
            WithdrawProblem(chart);
        if (chart.Holdings.Dp && dice.Chance(0.05))
            CancelLine(chart);
        if (chart.Holdings.FrancheComte && dice.Chance(0.05))
            DeleteDocument(chart);
        if (dice.Chance(0.1))
            ArriveLate(chart);
    }

    private static void Correct(Chart chart, string source, FactKind kind)
    {
        var candidates = chart.SoFar
            .Where(fact => fact.Kind == kind && fact.Origins.Any(origin => origin.SourceId == source && origin.Visible))
            .ToList();
        if (candidates.Count == 0)
            return;
        var fact = chart.Dice.Pick(candidates);
        chart.Amend(fact, fact with { Origins = [.. fact.Origins.Select(origin => origin.SourceId == source ? Mistaken(fact, origin) : origin)] });
    }

    // A decimal point lost, or a box too many.
    private static SyntheticOrigin Mistaken(SyntheticFact fact, SyntheticOrigin origin)
    {
        var right = origin.Variant?.Value ?? fact.Value!.Value;
        return origin with { Erratum = fact.Kind == FactKind.Dispensation ? right + 1 : right * 10 };
    }

    /// <summary>A biology report is replaced by one that corrects a result; the store keeps both, and shows the first as superseded.</summary>
    private static void ReplaceReport(Chart chart)
    {
        var results = chart.SoFar
            .Where(fact => fact.Kind == FactKind.LabResult)
            .SelectMany(fact => fact.Origins, (fact, origin) => (Fact: fact, origin.DocumentFactId))
            .Where(held => held.DocumentFactId is not null)
            .ToList();
        if (results.Count == 0)
            return;
        var (result, documentId) = chart.Dice.Pick(results);
        var report = chart.SoFar.Single(fact => fact.Id == documentId);
        var id = chart.Ids.NextDocument();
        var first = report with
        {
            Id = chart.NextFactId(),
            Date = report.Date.AddHours(-3),
            Origins = [new SyntheticOrigin { SourceId = SourceIds.FrancheComte, LocalId = id.LocalId, Identifiers = [id.Identifier] }],
        };
        chart.Add(first);
        chart.Amend(report, report with { Replaces = first.Id });
        chart.Amend(result, result with
        {
            Origins = [.. result.Origins.Select(origin => origin.DocumentFactId == documentId ? Mistaken(result, origin) : origin)],
        });
    }

    private static void WithdrawResult(Chart chart)
    {
        var day = Some(chart, 5, 500);
        if (!chart.IsNew(day, Analytes.Potassium.Code))
            return;
        var value = 7.4m + (chart.Dice.Next(20) / 10m);
        Add(chart, new SyntheticFact
        {
            Id = chart.NextFactId(),
            Kind = FactKind.LabResult,
            Date = ParisTime.At(day, 8, 10),
            Codes = [Analytes.Potassium.Coded],
            Value = value,
            Unit = Analytes.Potassium.Unit,
            ReferenceLow = Analytes.Potassium.Low,
            ReferenceHigh = Analytes.Potassium.High,
            Flag = Analytes.Potassium.Flag(value),
            Text = "Échantillon hémolysé.",
            Author = Professionals.Biologists[0],
            Origins = [chart.InPicardie("Observation")],
        });
    }

    private static void WithdrawProblem(Chart chart)
    {
        var problem = chart.Dice.Pick(Problems.Minor);
        var day = Some(chart, 30, 900);
        if (chart.History.Any(item => item.Code == problem) || !chart.IsNew(day, problem.Code))
            return;
        Add(chart, new SyntheticFact
        {
            Id = chart.NextFactId(),
            Kind = FactKind.Problem,
            Date = ParisTime.At(day),
            Codes = [problem],
            Author = Professionals.Doctor,
            Origins = [chart.InPicardie("Condition")],
        });
    }

    private static void CancelLine(Chart chart)
    {
        var day = Some(chart, 5, 300);
        if (!chart.IsNew(day, Medicines.Omeprazole.Cip13))
            return;
        Add(chart, new SyntheticFact
        {
            Id = chart.NextFactId(),
            Kind = FactKind.Dispensation,
            Date = ParisTime.At(day),
            Codes = Medicines.Omeprazole.Codes,
            Value = 1,
            Unit = "{box}",
            Text = Medicines.Omeprazole.Posology,
            Author = chart.Dice.Pick(Professionals.Pharmacists),
            Origins = [chart.InDp(Medicines.Omeprazole, day, refused: false)],
        });
    }

    private static void DeleteDocument(Chart chart)
    {
        var id = chart.Ids.NextDocument();
        Add(chart, new SyntheticFact
        {
            Id = chart.NextFactId(),
            Kind = FactKind.Document,
            Date = ParisTime.At(Some(chart, 20, 900), 18, 5),
            Codes = [DocumentTypes.Consultation],
            Text = "Consultation d'un autre patient, déposée ici par erreur.",
            Form = DocumentForm.Pdf,
            Author = Professionals.Doctor,
            Origins = [new SyntheticOrigin { SourceId = SourceIds.FrancheComte, LocalId = id.LocalId, Identifiers = [id.Identifier] }],
        });
    }

    private static void ArriveLate(Chart chart)
    {
        var today = ParisTime.At(chart.Calendar.Today);
        var candidates = chart.SoFar
            .Where(fact => fact.Date < today.AddDays(-30) && fact.Kind is FactKind.LabResult or FactKind.Dispensation or FactKind.Vaccination)
            .Where(fact => fact.Origins.Any(origin => origin.SourceId is SourceIds.Picardie or SourceIds.Dp))
            .ToList();
        if (candidates.Count == 0)
            return;
        var fact = chart.Dice.Pick(candidates);
        var recorded = fact.Date.AddDays(chart.Dice.Between(20, Math.Max(20, Math.Min(200, (today - fact.Date).Days - 2)))).AddHours(9);
        chart.Amend(fact, fact with
        {
            Origins =
            [
                .. fact.Origins.Select(origin => origin.SourceId is SourceIds.Picardie or SourceIds.Dp ? origin with { Recorded = recorded } : origin),
            ],
        });
    }

    private static void Add(Chart chart, SyntheticFact fact) =>
        chart.Add(fact with { Origins = [.. fact.Origins.Select(origin => origin with { Withdrawn = true, Visible = false })] });

    // Never before the patient was born.
    private static DateOnly Some(Chart chart, int from, int to)
    {
        var day = chart.Calendar.Today.AddDays(-chart.Dice.Between(from, to));
        return day > chart.Person.BirthDate ? day : chart.Calendar.Today.AddDays(-3);
    }
}

using System.Globalization;
using DmpFederation.SyntheticFrance.Care;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Randomness;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.RhoneAlpes;

/// <summary>
/// What the laboratories of Rhône-Alpes hold of a life that was lived: the samplings they made, as a further origin of results that other sources
/// hold too, or alone. Rolls dice of its own, so that nothing else of the world changes.
/// </summary>
internal static class RegionalResults
{
    /// <summary>The chart's facts with those the laboratories hold.</summary>
    public static IReadOnlyList<SyntheticFact> Extend(Chart chart, int seed, int index)
    {
        var dice = new Dice(seed, index, Streams.RegionalResults);
        var isKnown = dice.Chance(chart.Person.Region == Regions.RhoneAlpes ? 0.94 : 0.2);
        var usual = dice.Pick(RegionalLaboratory.All);
        return isKnown || index == 0 ? Send(chart, usual, dice) : chart.Facts;
    }

    /// <summary>What a patient's usual laboratory, and at times another, holds of the samplings of a chart.</summary>
    public static IReadOnlyList<SyntheticFact> Send(Chart chart, RegionalLaboratory usual, Dice dice)
    {
        var facts = chart.Facts.ToList();
        var own = new List<SyntheticFact>();
        var reports = 0;
        foreach (var sampling in chart.Samplings.OrderBy(static sampling => sampling.Moment))
        {
            var goesThere = dice.Chance(0.75);
            var laboratory = dice.Chance(0.85) ? usual : dice.Pick(RegionalLaboratory.All);
            var inOtherUnit = dice.Chance(0.25);
            if (goesThere)
                new Report(laboratory, sampling, chart.IdNumber, ++reports, inOtherUnit).Enter(facts, own);
        }

        return [.. facts.Concat(own).OrderBy(static fact => fact.Date)];
    }

    /// <summary>One report of one sampling.</summary>
    private sealed class Report(RegionalLaboratory laboratory, Sampling sampling, int index, int number, bool inOtherUnit)
    {
        private readonly string localId = string.Create(
            CultureInfo.InvariantCulture, $"{laboratory.Sender}/{sampling.Moment.Year}-{index + 1:D6}-{number:D2}");

        private string DocumentFactId => string.Create(CultureInfo.InvariantCulture, $"p{index}-l{number}");

        public void Enter(List<SyntheticFact> facts, List<SyntheticFact> own)
        {
            var entered = 0;
            foreach (var (analyte, value) in sampling.Results)
            {
                if (laboratory.CodeOf(analyte.Code) is null)
                    continue;
                // A day has one result of an analyte: the same sampling, or another one's that came first.
                var at = facts.FindIndex(fact => fact.Kind == FactKind.LabResult && fact.Codes[0].Code == analyte.Code
                    && DateOnly.FromDateTime(fact.Date.DateTime) == DateOnly.FromDateTime(sampling.Moment.DateTime));
                var same = at >= 0 && facts[at].Date == sampling.Moment && facts[at].Value == value && facts[at].Origins.Any(static origin => origin.Visible);
                if ((at >= 0 && !same) || own.Exists(fact => IsThat(fact, analyte)))
                    continue;
                entered++;
                if (same && laboratory.IsAgreed(analyte.Code))
                    facts[at] = facts[at] with { Origins = [.. facts[at].Origins, Origin(analyte, value)] };
                else
                    own.Add(Alone(analyte, value, entered));
            }
            if (entered > 0)
                own.Add(Document());
        }

        private bool IsThat(SyntheticFact fact, Analyte analyte) =>
            fact.Kind == FactKind.LabResult && DateOnly.FromDateTime(fact.Date.DateTime) == DateOnly.FromDateTime(sampling.Moment.DateTime)
            && (fact.Codes[0].Code == analyte.Code || fact.Codes[0] == laboratory.LocalCode(analyte.Code, analyte.Label));

        private SyntheticOrigin Origin(Analyte analyte, decimal value) => new()
        {
            SourceId = SourceIds.LabosRhoneAlpes,
            LocalId = $"{localId}/{laboratory.CodeOf(analyte.Code)}",
            DocumentFactId = DocumentFactId,
            Variant = Counted(analyte, value) ?? (inOtherUnit && laboratory.IsAgreed(analyte.Code) ? analyte.InOtherUnit(value) : null),
        };

        /// <summary>The Parc laboratory counts cells by the cubic millimetre.</summary>
        private SyntheticVariant? Counted(Analyte analyte, decimal value) => laboratory == RegionalLaboratory.Parc && analyte.Unit == "10*9/L"
            ? new SyntheticVariant(analyte.Coded, decimal.Round(value * 1000), "/mm3", analyte.Low * 1000, analyte.High * 1000)
            : null;

        private SyntheticFact Alone(Analyte analyte, decimal value, int result) => new()
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{DocumentFactId}-{result}"),
            Kind = FactKind.LabResult,
            Date = sampling.Moment,
            Codes = [laboratory.IsAgreed(analyte.Code) ? analyte.Coded : laboratory.LocalCode(analyte.Code, analyte.Label)],
            Value = value,
            Unit = analyte.Unit,
            ReferenceLow = analyte.Low,
            ReferenceHigh = analyte.High,
            Flag = analyte.Flag(value),
            Author = sampling.Biologist,
            Origins = [Origin(analyte, value)],
        };

        private SyntheticFact Document() => new()
        {
            Id = DocumentFactId,
            Kind = FactKind.Document,
            Date = sampling.Moment,
            Codes = [DocumentTypes.BiologyReport],
            Text = "Examens de biologie médicale.",
            Author = sampling.Biologist,
            Origins = [new SyntheticOrigin { SourceId = SourceIds.LabosRhoneAlpes, LocalId = localId }],
        };
    }
}

using System.Globalization;
using DmpFederation.SyntheticFrance.Care;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Randomness;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Living;

/// <summary>
/// A dossier puts right what it said: another value, another number of boxes, another day, a report that replaces one. Only what it alone holds, and
/// no copy of which is to come: what others repeated they would have to correct as well.
/// </summary>
internal static class Corrections
{
    /// <summary>Facts as they stand once corrected; none when the dossier has nothing to correct.</summary>
    /// <param name="life">The patient.</param>
    /// <param name="source">A dossier that files the patient.</param>
    /// <param name="fresh">What the dossier holds and may change, newest facts of the patient.</param>
    /// <param name="idNumber">From which new ids are made.</param>
    /// <param name="dice">Of the event.</param>
    public static IReadOnlyList<SyntheticFact> Of(LifeNow life, string source, IReadOnlyList<SyntheticFact> fresh, int idNumber, Dice dice)
    {
        var alone = fresh.Where(fact => fact.Origins.Count == 1 && IsCorrectable(life, source, fact)).ToList();
        if (alone.Count == 0)
            return [];
        var fact = dice.Pick(alone);
        return source switch
        {
            SourceIds.FrancheComte => ReplacedReport(life, fact, idNumber, dice),
            SourceIds.WebMedecin when fact.Kind == FactKind.Act => [OnTheDayBefore(fact)],
            _ => [Remeasured(fact, dice)],
        };
    }

    private static bool IsCorrectable(LifeNow life, string source, SyntheticFact fact) => source switch
    {
        SourceIds.Dp => fact.Kind == FactKind.Dispensation,
        SourceIds.WebMedecin => fact.Kind is FactKind.ReimbursedDevice or FactKind.ReimbursedVaccine
            || (fact.Kind == FactKind.Act && MayMove(life, fact)),
        SourceIds.FrancheComte => fact.Kind == FactKind.LabResult && ReportOf(life, fact) is { } report && MayBeReplaced(life, report),
        _ => fact.Kind is FactKind.LabResult or FactKind.VitalSign && fact.Value is not null && fact.Origins[0].Variant is null,
    };

    /// <summary>The same measurement read again, a little off; one box more or less.</summary>
    private static SyntheticFact Remeasured(SyntheticFact fact, Dice dice)
    {
        var was = fact.Value!.Value;
        if (fact.Kind is FactKind.Dispensation or FactKind.ReimbursedDevice or FactKind.ReimbursedVaccine)
            return fact with { Value = was > 1 && dice.Chance(0.5) ? was - 1 : was + 1 };
        var digits = was.Scale;
        var step = 1m;
        for (var digit = 0; digit < digits; digit++)
            step /= 10;
        var value = dice.Around(was, was / 25, digits);
        if (value == was)
            value += step;
        return fact with
        {
            Value = value,
            SecondValue = fact.SecondValue + 2,
            Flag = fact.Flag is null ? null : value > fact.ReferenceHigh ? "H" : value < fact.ReferenceLow ? "L" : "N",
        };
    }

    /// <summary>An act noted under the wrong day. Where it bears no id of its own, the day is part of what it is known by.</summary>
    private static SyntheticFact OnTheDayBefore(SyntheticFact fact)
    {
        var origin = fact.Origins[0];
        var before = fact.Date.AddDays(-1);
        return fact with
        {
            Date = ParisTime.At(DateOnly.FromDateTime(before.DateTime)),
            Origins = [origin with { LocalId = origin.LocalId.Replace(DayIn(fact.Date), DayIn(before), StringComparison.Ordinal) }],
        };
    }

    private static bool MayMove(LifeNow life, SyntheticFact fact) =>
        fact.Origins[0].LocalId.Contains(DayIn(fact.Date), StringComparison.Ordinal) && Withdrawals.HasNoEqual(life, fact.Origins[0])
        && new KnownFacts([.. life.Happened.Where(other => other.Id != fact.Id)]).IsDue(fact.Codes[0].Code, KnownFacts.DayOf(fact), 2);

    private static string DayIn(DateTimeOffset date) => date.ToString("/yyyyMMdd/", CultureInfo.InvariantCulture);

    /// <summary>A report that replaces another and says the same but for one result. The store keeps the first, as superseded.</summary>
    private static List<SyntheticFact> ReplacedReport(LifeNow life, SyntheticFact result, int idNumber, Dice dice)
    {
        var report = ReportOf(life, result)!;
        var id = new LocalIds(idNumber).NextDocument();
        var replacing = report with
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"p{idNumber}-f1"),
            Date = report.Date.AddHours(3),
            Replaces = report.Id,
            Origins = [new SyntheticOrigin { SourceId = SourceIds.FrancheComte, LocalId = id.LocalId, Identifiers = [id.Identifier] }],
        };
        var contents = life.Patient.Facts
            .Where(fact => fact.Origins.Any(origin => origin.DocumentFactId == report.Id && origin.SourceId == SourceIds.FrancheComte))
            .Select(fact => (fact.Id == result.Id ? Remeasured(fact, dice) : fact) with
            {
                Origins = [.. fact.Origins.Select(origin => origin.DocumentFactId == report.Id ? In(replacing, origin) : origin)],
            });
        return [.. contents, replacing];
    }

    private static SyntheticOrigin In(SyntheticFact document, SyntheticOrigin origin) => origin with
    {
        LocalId = document.Origins[0].LocalId + origin.LocalId[origin.LocalId.IndexOf('#', StringComparison.Ordinal)..],
        DocumentFactId = document.Id,
        Erratum = null,
    };

    private static SyntheticFact? ReportOf(LifeNow life, SyntheticFact content) =>
        life.Patient.Facts.FirstOrDefault(fact => fact.Id == content.Origins[0].DocumentFactId);

    private static bool MayBeReplaced(LifeNow life, SyntheticFact report) =>
        report.Codes[0] == DocumentTypes.BiologyReport && report.Form == DocumentForm.Structured && report.Replaces is null
        && life.Patient.Facts.All(other => other.Replaces != report.Id);
}

using DmpFederation.SyntheticFrance.Care;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Randomness;
using DmpFederation.SyntheticFrance.RhoneAlpes;

namespace DmpFederation.SyntheticFrance.Living;

/// <summary>
/// Lets something befall a patient, as their life was written: first the care, then who pays, what the laboratories send and what the diabetes
/// network notes. One dossier hears of it now, the others later.
/// </summary>
internal static class NewFacts
{
    /// <summary>Facts of the last days arrive, more of them of yesterday.</summary>
    private const int DaysBack = 10;

    private const int Evening = 18;

    /// <summary>An event and the copies to come; null when nothing fits the patient, or the dossier hears nothing of it.</summary>
    /// <param name="life">The patient.</param>
    /// <param name="source">The dossier that hears of it first.</param>
    /// <param name="at">Now, in Paris.</param>
    /// <param name="idNumber">From which the facts' ids are made.</param>
    /// <param name="dice">Of the event.</param>
    public static WorldEvent? Of(LifeNow life, string source, DateTimeOffset at, int idNumber, Dice dice)
    {
        var latest = DateOnly.FromDateTime(at.DateTime).AddDays(at.Hour >= Evening ? 0 : -1);
        var happened = life.Happened;
        var chart = life.Chart.GoOn(idNumber, dice, new Calendar(latest.AddDays(1), DateOnly.FromDateTime(at.DateTime)), happened);
        var episodes = new Episodes(
            chart, new KnownFacts(happened), latest.AddDays(-Math.Min(dice.Next(DaysBack), dice.Next(DaysBack))), life.KnownTo);
        if (!episodes.Happen(source))
            return null;
        var dossiers = Everywhere(life, chart, episodes, dice)
            .SelectMany(static fact => fact.Origins, static (fact, origin) => (Fact: fact, Origin: origin))
            .Where(held => life.KnownTo.Contains(held.Origin.SourceId) && !held.Origin.Withdrawn)
            .GroupBy(static held => held.Origin.SourceId, held => held.Fact with { Origins = [held.Origin with { Recorded = at }] })
            .ToList();
        if (dossiers.Find(dossier => dossier.Key == source) is not { } first)
            return null;
        return new WorldEvent
        {
            Number = 0,
            At = at,
            Kind = WorldEventKind.NewFact,
            Patient = life.Patient.Index,
            SourceId = first.Key,
            Facts = [.. first],
            Copies =
            [
                .. dossiers.Where(dossier => dossier != first)
                    .Select(dossier => new CopyToCome(0, life.Patient.Index, dossier.Key, [.. dossier])),
            ],
        };
    }

    /// <summary>A copy reaches its dossier: the facts it is of have one origin more, and those nobody told yet are told.</summary>
    public static WorldEvent Of(CopyToCome copy, LifeNow life, DateTimeOffset at)
    {
        var known = life.Patient.Facts.ToDictionary(static fact => fact.Id, StringComparer.Ordinal);
        return new WorldEvent
        {
            Number = 0,
            At = at,
            Kind = copy.Facts.Any(fact => known.ContainsKey(fact.Id)) ? WorldEventKind.LateCopy : WorldEventKind.NewFact,
            Patient = copy.Patient,
            SourceId = copy.SourceId,
            Copy = copy.Number,
            Facts =
            [
                .. copy.Facts.Select(fact =>
                {
                    var origin = fact.Origins[0] with { Recorded = at };
                    return known.TryGetValue(fact.Id, out var told)
                        ? told with { Origins = [.. told.Origins, origin] }
                        : fact with { Origins = [origin] };
                }),
            ],
        };
    }

    private static IReadOnlyList<SyntheticFact> Everywhere(LifeNow life, Chart chart, Episodes episodes, Dice dice)
    {
        if (life.KnownTo.Contains(SourceIds.WebMedecin))
            Reimbursements.Claim(chart, dice.Of(Streams.Reimbursements), episodes.Renewed);
        var told = UsualLaboratory(life) is { } usual ? RegionalResults.Send(chart, usual, dice.Of(Streams.RegionalResults)) : chart.Facts;
        return life.KnownTo.Contains(SourceIds.ReseauDiabete)
            ? DiabetesNetwork.GoOn(chart, told, episodes.NetworkVisit, dice.Of(DiabetesNetwork.Stream))
            : told;
    }

    /// <summary>The laboratory that sent the last report; null for a patient the laboratories do not know.</summary>
    private static RegionalLaboratory? UsualLaboratory(LifeNow life)
    {
        if (!life.KnownTo.Contains(SourceIds.LabosRhoneAlpes))
            return null;
        var last = life.Patient.Facts.SelectMany(static fact => fact.Origins).Last(static origin => origin.SourceId == SourceIds.LabosRhoneAlpes);
        var sender = last.LocalId[..last.LocalId.IndexOf('/', StringComparison.Ordinal)];
        return RegionalLaboratory.All.First(laboratory => laboratory.Sender == sender);
    }
}

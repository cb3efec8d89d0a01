using DmpFederation.SyntheticFrance.Care;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Living;

/// <summary>A patient as they stand now, and the dossiers that go on hearing of them.</summary>
/// <param name="Patient">With everything that happened since the world was written.</param>
/// <param name="Chart">The chart their life was written in.</param>
/// <param name="KnownTo">Dossiers that file the patient, and whose facts of them can be had under the patient's own number.</param>
internal sealed record LifeNow(SyntheticPatient Patient, Chart Chart, IReadOnlySet<string> KnownTo)
{
    private const int LaboratoriesFrom = 16;

    /// <summary>Facts that some dossier is still to hear of, each with its origin there.</summary>
    public IReadOnlyList<SyntheticFact> Awaited { get; init; } = [];

    /// <summary>Everything that happened, told or not, oldest first: it does not happen again.</summary>
    public IReadOnlyList<SyntheticFact> Happened =>
        Awaited.Count == 0 ? Patient.Facts : [.. Patient.Facts.Concat(Awaited).OrderBy(static fact => fact.Date)];

    /// <summary>Joins a life as written with what became of it.</summary>
    public static LifeNow Of(SyntheticPatient written, Chart chart, IReadOnlyList<SyntheticFact> changed, DateOnly visibleOn)
    {
        var knownTo = written.Facts.Where(static fact => !fact.OfAnother)
            .SelectMany(static fact => fact.Origins).Select(static origin => origin.SourceId)
            .Where(source => written.Reach(source) == TrapReach.Own).ToHashSet(StringComparer.Ordinal);
        // Reports of children go under a parent's number, which a laboratory asks at the desk.
        if (chart.Person.AgeOn(visibleOn) <= LaboratoriesFrom)
            knownTo.Remove(SourceIds.LabosRhoneAlpes);
        if (changed.Count == 0)
            return new LifeNow(written, chart, knownTo);
        var changes = changed.ToDictionary(static fact => fact.Id, StringComparer.Ordinal);
        var facts = written.Facts.Select(fact => changes.Remove(fact.Id, out var now) ? Windowed(now, visibleOn) : fact).ToList();
        // In an order of their own, so that the truth does not depend on how they are kept.
        facts.AddRange(changes.Values.OrderBy(static fact => fact.Id, StringComparer.Ordinal).Select(fact => Windowed(fact, visibleOn)));
        return new LifeNow(written with { Facts = [.. facts.OrderBy(static fact => fact.Date)] }, chart, knownTo);
    }

    /// <summary>The facts as a dossier's window shows them on a day; what was hidden for another reason stays hidden.</summary>
    private static SyntheticFact Windowed(SyntheticFact fact, DateOnly visibleOn)
    {
        var day = DateOnly.FromDateTime(fact.Date.DateTime);
        return fact with
        {
            Origins =
            [
                .. fact.Origins.Select(origin => origin with
                {
                    Visible = origin.Visible && origin.SourceId switch
                    {
                        SourceIds.Dp => DispensationWindow.Shows(fact.Codes[^1].Code, day, visibleOn),
                        SourceIds.WebMedecin => ReimbursementWindow.Shows(day, visibleOn),
                        _ => true,
                    },
                }),
            ],
        };
    }
}

using System.Globalization;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Randomness;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Care;

/// <summary>One patient's facts while they are being made up, with the ids every source gives them.</summary>
internal sealed class Chart(int index, Person person, Holdings holdings, Dice dice, Calendar calendar)
{
    private readonly List<SyntheticFact> facts = [];
    private readonly HashSet<(DateOnly Day, string Code)> seen = [];
    private readonly HashSet<string> conditions = [];
    private int factCount;

    public Person Person => person;

    public Holdings Holdings => holdings;

    public Dice Dice { get; private set; } = dice;

    /// <summary>Weight, height, blood pressure and kidneys; the same at every age but for growing up.</summary>
    public Body Body { get; private init; } = Body.Of(person, dice);

    public Calendar Calendar => calendar;

    public LocalIds Ids { get; } = new(index);

    /// <summary>Chronic medicines taken now, with the day they were last prescribed.</summary>
    public List<Treatment> Treatments { get; } = [];

    /// <summary>Problems and allergies, for the summaries to come.</summary>
    public List<HistoryItem> History { get; } = [];

    /// <summary>Every blood sampling, whoever holds its results.</summary>
    public List<Sampling> Samplings { get; } = [];

    public IReadOnlyList<string> Conditions => [.. conditions.Order(StringComparer.Ordinal)];

    /// <summary>Oldest first; facts of one moment keep the order they were made in.</summary>
    public IReadOnlyList<SyntheticFact> Facts => [.. facts.OrderBy(fact => fact.Date)];

    /// <summary>ICD-10 category of a chronic condition.</summary>
    public void Suffers(SyntheticCode problem) => conditions.Add(problem.Code[..3]);

    public string NextFactId() => string.Create(CultureInfo.InvariantCulture, $"p{IdNumber}-f{++factCount}");

    /// <summary>
    /// False when the same thing already happened that day: two facts of one code on one day would be one to anybody who compares.
    /// </summary>
    public bool IsNew(DateOnly day, string code) => seen.Add((day, code));

    /// <summary>What follows is drawn from another sequence, so that it leaves what came before and after as it was.</summary>
    public void DrawFrom(int stream) => Dice = Dice.Of(stream);

    /// <summary>Runs a part of a life on its own sequence, and goes on with the present one.</summary>
    public void Aside(int stream, Action part)
    {
        var present = Dice;
        Dice = Dice.Of(stream);
        part();
        Dice = present;
    }

    /// <summary>The facts made so far, in the order they were made.</summary>
    public IReadOnlyList<SyntheticFact> SoFar => facts;

    /// <summary>Puts another version of a fact in its place.</summary>
    public void Amend(SyntheticFact fact, SyntheticFact amended) => facts[facts.IndexOf(fact)] = amended;

    /// <summary>Adds a fact, unless no source holds it.</summary>
    public void Add(SyntheticFact fact)
    {
        if (fact.Origins.Count > 0)
            facts.Add(fact);
    }

    /// <summary>Facts in the order they were made in.</summary>
    public IReadOnlyList<SyntheticFact> Made => facts;

    /// <summary>Position of the patient in the world.</summary>
    public int Index { get; private init; } = index;

    /// <summary>The number from which the ids of this chart's facts are made: the patient's, but for a chart that goes on with a life.</summary>
    public int IdNumber { get; } = index;

    /// <summary>
    /// A chart without facts in which the same life goes on: the same body, illnesses and treatments. What is known already does not happen again.
    /// </summary>
    /// <param name="idNumber">From which the ids of its facts are made; no other chart's.</param>
    /// <param name="further">Of what happens now.</param>
    /// <param name="later">The days of now.</param>
    /// <param name="known">Every fact of the patient so far.</param>
    public Chart GoOn(int idNumber, Dice further, Calendar later, IEnumerable<SyntheticFact> known)
    {
        var chart = new Chart(idNumber, person, holdings, further, later) { Body = Body, Index = Index };
        chart.Treatments.AddRange(Treatments);
        chart.History.AddRange(History);
        chart.conditions.UnionWith(conditions);
        foreach (var fact in known)
        {
            foreach (var code in fact.Codes)
                chart.seen.Add((DateOnly.FromDateTime(fact.Date.DateTime), code.Code));
        }

        return chart;
    }

    /// <summary>Adds an origin to every fact that one more source turns out to hold.</summary>
    public void AlsoHeld(Func<SyntheticFact, SyntheticOrigin?> hold)
    {
        for (var position = 0; position < facts.Count; position++)
        {
            if (hold(facts[position]) is { } origin)
                facts[position] = facts[position] with { Origins = [.. facts[position].Origins, origin] };
        }
    }

    public SyntheticOrigin InPicardie(string resourceType, params IReadOnlyList<(string System, string Value)> identifiers) =>
        new() { SourceId = SourceIds.Picardie, LocalId = Ids.NextResource(resourceType), Identifiers = identifiers };

    public static SyntheticOrigin InDocument(Report report, EntryId entry) => new()
    {
        SourceId = SourceIds.FrancheComte,
        LocalId = entry.InDocument(report.LocalId),
        Identifiers = [entry.Identifier],
        DocumentFactId = report.FactId,
    };

    public SyntheticOrigin InDp(Medicine medicine, DateOnly day, bool refused) => new()
    {
        SourceId = SourceIds.Dp,
        LocalId = Ids.NextLine(),
        Visible = !refused && DispensationWindow.Shows(medicine.Atc, day, calendar.VisibleOn),
    };
}

/// <summary>A chronic medicine.</summary>
internal sealed record Treatment(Medicine Medicine, DateOnly Since, int DaysBetweenBoxes = 30, int Boxes = 1);

/// <summary>A sampling and what was measured.</summary>
internal sealed record Sampling(DateTimeOffset Moment, SyntheticAuthor Biologist, IReadOnlyList<(Analyte Analyte, decimal Value)> Results);

/// <summary>A problem or an allergy known of the patient.</summary>
internal sealed record HistoryItem(FactKind Kind, SyntheticCode Code, DateOnly Since, SyntheticAuthor Author, string? Text = null);

/// <summary>A document the Franche-Comté store holds.</summary>
internal sealed record Report(string FactId, string LocalId);

/// <summary>The days a world is written for.</summary>
/// <param name="Today">Facts lie before it.</param>
/// <param name="VisibleOn">Day for which the windows of the sources are applied.</param>
internal sealed record Calendar(DateOnly Today, DateOnly VisibleOn);

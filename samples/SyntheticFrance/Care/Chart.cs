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

    public Dice Dice => dice;

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

    public string NextFactId() => string.Create(CultureInfo.InvariantCulture, $"p{index}-f{++factCount}");

    /// <summary>
    /// False when the same thing already happened that day: two facts of one code on one day would be one to anybody who compares.
    /// </summary>
    public bool IsNew(DateOnly day, string code) => seen.Add((day, code));

    /// <summary>Adds a fact, unless no source holds it.</summary>
    public void Add(SyntheticFact fact)
    {
        if (fact.Origins.Count > 0)
            facts.Add(fact);
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

using System.Globalization;
using System.Text.Json;
using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Truth;

namespace DmpFederation.Hub.HostTests.Federation;

/// <summary>
/// Precision and recall of merged facts. A fact is right when its category and its exact set of origins are those of a fact of the truth.
/// </summary>
internal sealed class TruthScore(IReadOnlyList<string> sources)
{
    private const int MostErrors = 40;
    private const string Between = " + ";

    private readonly SortedDictionary<string, (int Right, int Shown, int True)> byCategory = new(StringComparer.Ordinal);

    /// <summary>What was wrong, by invented local ids; the first ones.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>True facts that several origins hold.</summary>
    public int Shared { get; private set; }

    /// <summary>Patients whose dossier is not complete although the truth keeps nothing out.</summary>
    public int Incomplete { get; private set; }

    public double Precision => Share(static count => count.Shown);

    public double Recall => Share(static count => count.True);

    public void Add(SyntheticPatient patient, DossierAnswer dossier)
    {
        if (!dossier.Complete && patient.Traps.All(static trap => trap.Reach != TrapReach.KeptOut))
        {
            Incomplete++;
            var gaps = dossier.Sources.Where(static source => !source.IsComplete)
                .Select(static source => $"{source.SourceId} {source.Status} {source.Reason}");
            Note($"p{patient.Index} incomplete: {string.Join(", ", gaps)}");
        }
        var truth = patient.Facts.Select(fact => Told(patient, fact)).OfType<(string Category, string Origins)>().ToHashSet();
        var shown = dossier.Entries.Select(static fact => (Category: Name(fact.Lead.Category), Origins: Print(fact.Origins.Select(
            static origin => (origin.SourceId, origin.Entry.LocalId))))).ToHashSet();
        Shared += truth.Count(static fact => fact.Origins.Contains(Between, StringComparison.Ordinal));
        foreach (var fact in truth)
            Count(fact.Category, shown.Contains(fact) ? 1 : 0, 0, 1);
        foreach (var fact in shown)
            Count(fact.Category, 0, 1, 0);
        foreach (var missed in truth.Except(shown))
            Note($"p{patient.Index} missed {missed.Category} {missed.Origins}");
        foreach (var invented in shown.Except(truth))
            Note($"p{patient.Index} untrue {invented.Category} {invented.Origins}");
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"precision {Precision:P3}, recall {Recall:P3} of {byCategory.Values.Sum(static count => count.True)} facts, {Shared} of several origins; ")
        + string.Join(", ", byCategory.Select(static count => $"{count.Key} {count.Value.Right}/{count.Value.Shown} shown/{count.Value.True} true"));

    private (string, string)? Told(SyntheticPatient patient, SyntheticFact fact)
    {
        var origins = fact.Origins.Where(origin => sources.Contains(origin.SourceId) && patient.Shows(origin)).ToList();
        return origins.Count == 0
            ? null
            : (TruthWriter.CategoryOf(fact.Kind), Print(origins.Select(static origin => (origin.SourceId, origin.LocalId))));
    }

    private static string Print(IEnumerable<(string SourceId, string LocalId)> origins) =>
        string.Join(Between, origins.Select(static origin => $"{origin.SourceId}:{origin.LocalId}").Order(StringComparer.Ordinal));

    private static string Name(EntryCategory category) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(category.ToString());

    private double Share(Func<(int Right, int Shown, int True), int> of) =>
        byCategory.Values.Sum(static count => count.Right) / (double)Math.Max(1, byCategory.Values.Sum(of));

    private void Count(string category, int right, int shown, int told)
    {
        var (rightBefore, shownBefore, trueBefore) = byCategory.GetValueOrDefault(category);
        byCategory[category] = (rightBefore + right, shownBefore + shown, trueBefore + told);
    }

    private void Note(string error)
    {
        if (Errors.Count < MostErrors)
            Errors.Add(error);
    }
}

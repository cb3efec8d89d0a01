using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.SyntheticFrance.Care;

/// <summary>
/// Files documents. The Franche-Comté store is where documents live; Picardie's server often indexes the same one, under its uniqueId.
/// </summary>
internal static class Documents
{
    private const double AlsoInPicardie = 0.4;

    /// <summary>Files a document.</summary>
    /// <param name="chart">The patient's chart.</param>
    /// <param name="type">Type code.</param>
    /// <param name="date">When it was made.</param>
    /// <param name="author">Who made it.</param>
    /// <param name="form">Structured or PDF.</param>
    /// <param name="text">Paragraph of its content.</param>
    /// <param name="picardieToo">Chance that Picardie indexes it as well.</param>
    /// <returns>The document, for facts to be held in; null when the Franche-Comté store does not hold it.</returns>
    public static Report? File(
        Chart chart,
        SyntheticCode type,
        DateTimeOffset date,
        SyntheticAuthor author,
        DocumentForm form,
        string text,
        double picardieToo = AlsoInPicardie)
    {
        var inPicardie = chart.Dice.Chance(picardieToo);
        if (!chart.Holdings.AnyRegion)
            return null;

        var id = chart.Ids.NextDocument();
        var factId = chart.NextFactId();
        var origins = new List<SyntheticOrigin>(2);
        if (chart.Holdings.FrancheComte)
            origins.Add(new SyntheticOrigin { SourceId = SourceIds.FrancheComte, LocalId = id.LocalId, Identifiers = [id.Identifier] });
        if (chart.Holdings.Picardie && (inPicardie || !chart.Holdings.FrancheComte))
            origins.Add(chart.InPicardie("DocumentReference", id.Identifier));

        chart.Add(new SyntheticFact
        {
            Id = factId,
            Kind = FactKind.Document,
            Date = date,
            Codes = [type],
            Text = text,
            Form = form,
            Author = author,
            Origins = origins,
        });
        return chart.Holdings.FrancheComte ? new Report(factId, id.LocalId) : null;
    }

    /// <summary>Files a document in the Franche-Comté store alone, which knows the patient.</summary>
    public static Report FileIn(Chart chart, SyntheticCode type, DateTimeOffset date, SyntheticAuthor author, DocumentForm form, string text)
    {
        var id = chart.Ids.NextDocument();
        var factId = chart.NextFactId();
        chart.Add(new SyntheticFact
        {
            Id = factId,
            Kind = FactKind.Document,
            Date = date,
            Codes = [type],
            Text = text,
            Form = form,
            Author = author,
            Origins = [new SyntheticOrigin { SourceId = SourceIds.FrancheComte, LocalId = id.LocalId, Identifiers = [id.Identifier] }],
        });
        return new Report(factId, id.LocalId);
    }
}

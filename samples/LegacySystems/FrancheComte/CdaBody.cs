using System.Xml.Linq;
using DmpFederation.SyntheticFrance.Model;
using static DmpFederation.LegacySystems.FrancheComte.CdaXml;

namespace DmpFederation.LegacySystems.FrancheComte;

/// <summary>Body of a level 3 document: one section per kind of fact it holds, and the author's own words.</summary>
internal static class CdaBody
{
    internal static XElement Of(DocumentDeposit deposit)
    {
        var sections = new List<XElement>();
        // A plan stands in its document's own words (below), not in an entry.
        foreach (var kind in deposit.Contents.Where(content => content.Fact.Kind != FactKind.CarePlan).GroupBy(content => content.Fact.Kind))
            sections.Add(Held(kind.Key, [.. kind]));
        sections.AddRange(Written(deposit));
        return E("structuredBody", sections.Select(section => E("component", section)));
    }

    private static XElement Held(FactKind kind, IReadOnlyList<(SyntheticFact Fact, SyntheticOrigin Origin)> contents)
    {
        var rows = new List<XElement>();
        var entries = new List<XElement>();
        for (var index = 0; index < contents.Count; index++)
        {
            var (fact, origin) = contents[index];
            var target = $"{kind}-{index + 1}";
            rows.Add(Row(fact, origin, target));
            entries.Add(CdaEntries.Of(fact, origin, target));
        }
        var (code, title, template) = SectionOf(kind);
        var text = E("text", E("table", E("tbody", rows)));
        return kind switch
        {
            FactKind.LabResult => Chapter(code, title, text, entries),
            FactKind.VitalSign => Section(code, title, template, text, [E("entry", CdaEntries.VitalSigns(entries))]),
            _ => Section(code, title, template, text, entries.Select(entry => E("entry", A("typeCode", "DRIV"), entry))),
        };
    }

    // XD-LAB: a section for the chapter, one inside it for the batch, one act around the results.
    private static XElement Chapter(string code, string title, XElement text, IEnumerable<XElement> results)
    {
        var act = E(
            "act", A("classCode", "ACT"), A("moodCode", "EVN"), Code("code", code, Loinc, title), Status("completed"),
            results.Select(result => E("entryRelationship", A("typeCode", "COMP"), result)));
        var batch = E(
            "section", Template("1.3.6.1.4.1.19376.1.3.3.2.2"), Code("code", code, Loinc, title), text,
            E("entry", A("typeCode", "DRIV"), Template("1.3.6.1.4.1.19376.1.3.1"), act));
        return E(
            "section", Template("1.3.6.1.4.1.19376.1.3.3.2.1"), Code("code", code, Loinc, title), E("title", title.ToUpperInvariant()),
            E("component", batch));
    }

    // Texts a doctor writes rather than codes: headings of the meeting sheet and of the care plan, a comment elsewhere.
    private static IEnumerable<XElement> Written(DocumentDeposit deposit)
    {
        if (deposit.Fact.Text is not { } text)
            return [];
        var problems = string.Join(", ", deposit.Patient.Conditions);
        return deposit.Fact.Codes[0].Code switch
        {
            "34794-8" =>
            [
                Words("42349-1", "TYPE DE RCP / MOTIF DE LA RCP", "Proposition thérapeutique initiale."),
                Words("10164-2", "SYNTHÈSE DU CAS PRÉSENTÉ", $"Problèmes au long cours (CIM-10) : {problems}."),
                Words("21874-3", "PROPOSITION DE LA RCP", text),
            ],
            "18776-5" =>
            [
                Words("42349-1", "MOTIF", $"Problèmes au long cours (CIM-10) : {problems}."),
                Words("18776-5", "PROGRAMME THÉRAPEUTIQUE ET DE SUIVI", text),
            ],
            _ => [Words("55112-7", "Commentaire", text)],
        };
    }

    private static XElement Words(string code, string title, string words) =>
        Section(code, title, null, E("text", E("paragraph", words)), []);

    private static XElement Section(string code, string title, string? template, XElement text, IEnumerable<XElement> entries) => E(
        "section", template is null ? null : Template(template), Code("code", code, Loinc, title), E("title", title), text, entries);

    private static XElement Row(SyntheticFact fact, SyntheticOrigin origin, string target)
    {
        var label = origin.Variant?.Code.Label ?? fact.Codes[0].Label;
        var value = origin.Variant?.Value ?? fact.Value;
        return E(
            "tr",
            E("td", E("content", A("ID", target), label)),
            E("td", fact.Date.ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture)),
            value is { } number ? E("td", $"{Number(number)} {origin.Variant?.Unit ?? fact.Unit}") : null,
            fact.Text is { } text ? E("td", E("content", A("ID", target + "-texte"), text)) : null);
    }

    private static (string Code, string Title, string? Template) SectionOf(FactKind kind) => kind switch
    {
        FactKind.LabResult => ("18719-5", "Biochimie", null),
        FactKind.Problem => ("11450-4", "Liste des problèmes actifs", "1.3.6.1.4.1.19376.1.5.3.1.3.6"),
        FactKind.Allergy => ("48765-2", "Allergies et hypersensibilités", "1.3.6.1.4.1.19376.1.5.3.1.3.13"),
        FactKind.Prescription => ("10160-0", "Traitements", "1.3.6.1.4.1.19376.1.5.3.1.3.19"),
        FactKind.Vaccination => ("11369-6", "Historique des vaccinations", "1.3.6.1.4.1.19376.1.5.3.1.3.23"),
        FactKind.Dispensation => ("60590-7", "Médicaments délivrés", "1.3.6.1.4.1.19376.1.9.1.2.3"),
        FactKind.VitalSign => ("8716-3", "Signes vitaux", "1.3.6.1.4.1.19376.1.5.3.1.1.5.3.2"),
        FactKind.Act => ("47519-4", "Historique des actes", "1.3.6.1.4.1.19376.1.5.3.1.3.11"),
        FactKind.Stay => ("46240-8", "Historique des rencontres", "1.3.6.1.4.1.19376.1.5.3.1.1.5.3.3"),
        FactKind.CarePlan or FactKind.Document => throw new ArgumentException("Neither a plan nor a document is an entry.", nameof(kind)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

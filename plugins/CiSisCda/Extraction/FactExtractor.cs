using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Plugins.CiSisCda.Extraction.Reimbursement;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>Every fact of a structured document, in document order.</summary>
internal static class FactExtractor
{
    /// <summary>Copies of the document as PDF, attached documents, status of the document: about the document, not facts of the patient.</summary>
    private static readonly HashSet<string> DocumentSections = ["55108-5", "55107-7", "33557-0", "57723-9"];

    private const int SentenceLength = 200;

    private static readonly HashSet<string> VitalSignSections = ["8716-3"];

    internal static IReadOnlyList<Fact> Read(CdaDocument document)
    {
        if (document.StructuredBody is not { } body)
            return [];
        var facts = new List<Fact>();
        var texts = new List<SectionText>();
        var scope = new EntryScope
        {
            Document = document,
            Section = "section",
            Position = "",
            IsReimbursement = ReimbursementReader.Is(document),
        };
        ReadSections(body, scope, facts, texts);
        if (CarePlanReader.Read(document, texts, facts) is { } plan)
            facts.Add(plan);
        return facts;
    }

    private static void ReadSections(XElement parent, EntryScope outer, List<Fact> facts, List<SectionText> texts)
    {
        foreach (var section in parent.Parts("component").SelectMany(component => component.Parts("section")))
        {
            var code = section.Part("code").Attr("code") ?? "section";
            var title = section.Part("title").Line();
            var narrative = section.Part("text") is { } text ? Narrative.Plain(text) : "";
            texts.Add(new SectionText(section.Part("code").Attr("code"), title, narrative));
            var scope = outer with
            {
                Section = code,
                SectionCode = outer.Concepts.Read(section.Part("code")),
                SectionTitle = title ?? Hl7.Collapse(section.Part("code").Attr("displayName")),
                SectionText = narrative.Length is > 0 and <= SentenceLength ? Hl7.Collapse(narrative) : null,
                Sections = [.. outer.Sections, code],
                Author = CdaAuthors.AuthorOf(section) ?? outer.Author,
                IsVitalSigns = outer.IsVitalSigns || VitalSignSections.Contains(code),
            };
            if (!DocumentSections.Contains(code))
                ReadEntries(section, scope, facts);
            ReadSections(section, scope, facts, texts);
        }
    }

    private static void ReadEntries(XElement section, EntryScope scope, List<Fact> facts)
    {
        var ordinal = 0;
        foreach (var entry in section.Parts("entry"))
        {
            ordinal++;
            var isLaboratory = ObservationKinds.IsLaboratoryGroup(entry);
            foreach (var statement in entry.Elements())
                facts.AddRange(StatementReader.Read(statement, scope with { Position = $"{scope.Section}/{ordinal}", IsLaboratory = isLaboratory }));
        }
    }
}

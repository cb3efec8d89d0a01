using System.Xml.Linq;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Cda;

/// <summary>Reads CD, CE, CV, CO and CS elements: code, translations (nested ones too), original wording, null flavours.</summary>
internal sealed class ConceptReader(Narrative narrative)
{
    private const int MaxTranslationDepth = 3;

    internal Concept Read(XElement? element)
    {
        if (element is null)
            return Concept.Empty;
        var codings = new List<Coding>(2);
        Collect(element, codings, 0);
        var text = narrative.TextOf(element.Extension("originalText")) ?? Qualified(element);
        if (text is not null && IsAnswer(text) && codings.Exists(coding => coding.Display is not null))
            text = null;
        // "Code absent, display written" happens for local codes.
        if (text is null && codings.Count == 0)
            text = Hl7.Collapse(element.Attr("displayName"));
        return new Concept(codings, text, element.NullFlavor());
    }

    private static void Collect(XElement element, List<Coding> codings, int depth)
    {
        var system = CodeSystems.UriOf(element.Attr("codeSystem"));
        if (element.Attr("code") is { } code && !codings.Exists(known => known.Code == code && known.System == system))
            codings.Add(new Coding(system, code, Hl7.Collapse(element.Attr("displayName"))));
        if (depth == MaxTranslationDepth)
            return;
        foreach (var translation in element.Elements().Where(child => child.Name.LocalName == "translation"))
            Collect(translation, codings, depth + 1);
    }

    // Writers point at the cell of the answer ("non", "2.5") where the wording of the question belongs.
    private static bool IsAnswer(string text) =>
        text.ToUpperInvariant() is "OUI" or "NON" or "N/A" or "NA" || text.All(unit => char.IsAsciiDigit(unit) || unit is '.' or ',' or '-' or ' ');

    // A generic code is made precise by qualifiers: "Traitement" + "Radiothérapie", "Hospitalisation" + the group of the stay.
    private static string? Qualified(XElement element)
    {
        var qualifiers = element.Parts("qualifier")
            .Select(qualifier => Hl7.Collapse(qualifier.Part("value").Attr("displayName")))
            .OfType<string>()
            .ToList();
        if (qualifiers.Count == 0)
            return null;
        var display = Hl7.Collapse(element.Attr("displayName"));
        return display is null ? string.Join(", ", qualifiers) : $"{display} : {string.Join(", ", qualifiers)}";
    }
}

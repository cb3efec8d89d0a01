using System.Text;
using System.Xml.Linq;

namespace DmpFederation.Plugins.CiSisCda.Cda;

/// <summary>The readable text of a document: entries point into it (<c>#id</c>, in real files also <c>id</c> and a lone <c>#</c>).</summary>
internal sealed class Narrative(XElement document)
{
    private const int MaxLength = 20_000;

    private Dictionary<string, XElement>? targets;

    /// <summary>Text of an originalText, text or ED element: its own, or what it refers to, on one line. Null when neither.</summary>
    internal string? TextOf(XElement? element)
    {
        if (element is null)
            return null;
        var reference = element.Extension("reference");
        var pointed = reference.Attr("value") is { } value ? Find(value) : null;
        return pointed is not null ? Hl7.Collapse(Plain(pointed)) : reference is null || element.HasText() ? element.Line() : null;
    }

    private XElement? Find(string reference)
    {
        targets ??= Index(document);
        return targets.GetValueOrDefault(reference.TrimStart('#'));
    }

    private static Dictionary<string, XElement> Index(XElement document)
    {
        var found = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (var text in document.Descendants(Hl7.V3 + "text"))
        {
            foreach (var element in text.Descendants())
            {
                if (element.Attr("ID") is { } id)
                    found.TryAdd(id, element);
            }
        }
        return found;
    }

    /// <summary>The text of a section as a person reads it: rows and paragraphs on lines of their own, cells apart.</summary>
    internal static string Plain(XElement text)
    {
        var lines = new StringBuilder();
        Append(text, lines);
        var clean = lines.ToString().Split('\n')
            .Select(line => Hl7.Collapse(line)?.Trim(' ', '|').Trim())
            .Where(line => !string.IsNullOrEmpty(line));
        var whole = string.Join('\n', clean);
        return whole.Length <= MaxLength ? whole : whole[..MaxLength] + "…";
    }

    private static void Append(XElement element, StringBuilder lines)
    {
        foreach (var node in element.Nodes())
        {
            if (node is XText text)
                lines.Append(text.Value.Replace('\n', ' '));
            if (node is not XElement child)
                continue;
            var name = child.Name.LocalName;
            if (name is "td" or "th" && child.ElementsBeforeSelf().Any())
                lines.Append(" | ");
            else if (IsBlock(name))
                lines.Append('\n');
            Append(child, lines);
            if (name == "br" || IsBlock(name))
                lines.Append('\n');
        }
    }

    private static bool IsBlock(string name) => name is "tr" or "paragraph" or "item" or "list" or "caption" or "table" or "title";
}

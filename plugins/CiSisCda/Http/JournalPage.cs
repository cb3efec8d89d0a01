using System.Globalization;
using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Http;

/// <summary>A page of a source's journal of numbered changes.</summary>
/// <param name="First">Lowest number the journal still holds; one more than <paramref name="Last"/> when it holds none.</param>
/// <param name="Last">Number given last.</param>
/// <param name="Until">Number up to which this page tells all there is to tell.</param>
/// <param name="Changes">The changes, in order, each with its number.</param>
internal sealed record JournalPage(long First, long Last, long Until, IReadOnlyList<(long Number, XElement Change)> Changes)
{
    /// <exception cref="SourceFaultException">A number is missing, or they do not rise.</exception>
    internal static JournalPage Of(XElement root, JournalWords words)
    {
        var changes = root.Elements(words.Change).Select(change => (Number: Number(change, words.Number), Change: change)).ToList();
        for (var index = 1; index < changes.Count; index++)
        {
            if (changes[index].Number <= changes[index - 1].Number)
                throw new SourceFaultException(SourceFaultCodes.BadAnswer);
        }
        return new JournalPage(Number(root, words.First), Number(root, words.Last), Number(root, words.Until), changes);
    }

    private static long Number(XElement element, string name) =>
        long.TryParse(element.Attr(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new SourceFaultException(SourceFaultCodes.BadAnswer);
}

/// <summary>How a protocol names the parts of a journal page.</summary>
/// <param name="Change">Element of a change.</param>
/// <param name="Number">Its attribute for the number.</param>
/// <param name="First">Attribute of the page for the lowest number held.</param>
/// <param name="Last">Attribute of the page for the number given last.</param>
/// <param name="Until">Attribute of the page for the number it tells up to.</param>
internal sealed record JournalWords(XName Change, string Number, string First, string Last, string Until);

using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Cda;

/// <summary>A coded thing: its codings in every terminology, the text the author wrote, or the reason why neither is there.</summary>
/// <param name="Codings">The code itself first, then its translations. Empty when only a text was recorded.</param>
/// <param name="Text">The author's wording. Null when none.</param>
/// <param name="NullFlavor">Why it is missing (HL7 NullFlavor). Null when not said.</param>
internal sealed record Concept(IReadOnlyList<Coding> Codings, string? Text = null, string? NullFlavor = null)
{
    // Longer wordings are whole paragraphs the writer pointed at; they do not make a label.
    private const int LabelLength = 200;

    internal static readonly Concept Empty = new([]);

    internal bool IsEmpty => Codings.Count == 0 && Text is null;

    internal Coding? First => Codings.Count > 0 ? Codings[0] : null;

    /// <summary>A label to show; null when nothing was recorded.</summary>
    internal string? Label
    {
        get
        {
            var display = Codings.FirstOrDefault(coding => coding.Display is not null)?.Display;
            return Text is { Length: <= LabelLength } ? Text : display ?? (Text is { } text ? text[..LabelLength] + "…" : First?.Code);
        }
    }

    internal bool Has(string code) => Codings.Any(coding => coding.Code == code);

    internal bool HasSystem(string system) => Codings.Any(coding => coding.System == system);

    internal Concept Or(Concept other) => IsEmpty ? other : this;

    internal Concept WithText(string? text) => text is null ? this : this with { Text = text };
}

using Hl7.Fhir.Model;

namespace DmpFederation.Sdk.Fhir;

/// <summary>A concept in the SDK's terms.</summary>
/// <param name="Text">Its text; null when none.</param>
/// <param name="Codings">Its codings that have a code or a display.</param>
internal sealed record Concept(string? Text, IReadOnlyList<Coding> Codings)
{
    internal static Concept None { get; } = new(null, []);

    internal bool IsNone => Text is null && Codings.Count == 0;

    /// <summary>Of a CodeableConcept, a Coding, or the first that says something of a list of either.</summary>
    internal static Concept Of(object? element) => element switch
    {
        CodeableConcept concept => new Concept(
            Texts.Stated(concept.Text),
            [.. concept.Coding.Where(IsStated).Select(Made)]),
        Hl7.Fhir.Model.Coding coding when IsStated(coding) => new Concept(null, [Made(coding)]),
        IEnumerable<Base> several => several.Select(Of).FirstOrDefault(static one => !one.IsNone) ?? None,
        _ => None,
    };

    /// <summary>The first with system and code; failing that the first with a code; failing that the first.</summary>
    internal Coding? Chosen() =>
        Codings.FirstOrDefault(static coding => coding is { System: not null, Code: not null })
        ?? Codings.FirstOrDefault(static coding => coding.Code is not null)
        ?? (Codings.Count > 0 ? Codings[0] : null);

    internal string? Label() =>
        Texts.Shown(Text)
        ?? Texts.Shown(Chosen()?.Display)
        ?? Codings.Select(static coding => Texts.Shown(coding.Display)).FirstOrDefault(static display => display is not null)
        ?? Texts.Shown(Chosen()?.Code);

    internal Concept Or(Concept other) => IsNone ? other : this;

    internal static Coding Made(Hl7.Fhir.Model.Coding coding) =>
        new(Texts.Stated(coding.System), Texts.Stated(coding.Code), Texts.Stated(coding.Display));

    private static bool IsStated(Hl7.Fhir.Model.Coding coding) => !string.IsNullOrEmpty(coding.Code) || !string.IsNullOrEmpty(coding.Display);
}

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>Heading and readable text of a section.</summary>
/// <param name="Code">LOINC or local code; null when the section has none.</param>
/// <param name="Title">Its heading; null when it has none.</param>
/// <param name="Text">Its narrative, lines and cells kept apart; empty when it has none.</param>
internal sealed record SectionText(string? Code, string? Title, string Text);

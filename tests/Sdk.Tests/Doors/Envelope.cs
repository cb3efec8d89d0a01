using System.Text;

namespace DmpFederation.Sdk.Tests.Doors;

/// <summary>An envelope as text, one field a line, so that two can be compared and the difference read.</summary>
internal static class Envelope
{
    public static string Of(DossierEntry entry) => new StringBuilder()
        .Append("localId ").AppendLine(entry.LocalId)
        .Append("category ").AppendLine(entry.Category.ToString())
        .Append("version ").AppendLine(entry.Version)
        .Append("code ").AppendLine(entry.Code?.ToString())
        .Append("codings ").AppendJoin(" ; ", entry.Codings).AppendLine()
        .Append("date ").Append(entry.Date?.ToString()).Append(' ').Append(entry.Date?.StartUtc.Ticks).AppendLine()
        .Append("title ").AppendLine(entry.Title)
        .Append("value ").AppendLine(Value(entry.Value))
        .Append("author ").AppendLine(Author(entry.Author))
        .Append("status ").AppendLine(entry.Status)
        .Append("confidentiality ").AppendJoin(',', entry.Confidentiality).AppendLine()
        .Append("identifiers ").AppendJoin(" ; ", entry.Identifiers).AppendLine()
        .Append("recorded ").AppendLine(entry.Recorded?.UtcTicks.ToString())
        .Append("document ").AppendLine(entry.DocumentLocalId)
        .Append("encounter ").AppendLine(entry.EncounterLocalId)
        .Append("subject ").Append(entry.Subject?.System).Append(' ').AppendLine(entry.Subject?.Value)
        .ToString();

    private static string? Value(EntryValue? value) => value is null
        ? null
        : $"{value.Comparator}|{value.Number}|{value.Unit}|{value.UnitCode}|{value.Coding}|{value.Text}|"
            + $"{value.ReferenceLow}|{value.ReferenceHigh}|{value.Interpretation}";

    private static string? Author(EntryAuthor? author) =>
        author is null ? null : $"{author.Id}|{author.Name}|{author.Role}|{author.OrganizationId}|{author.OrganizationName}";
}

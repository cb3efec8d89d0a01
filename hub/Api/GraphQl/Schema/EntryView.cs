using System.ComponentModel;
using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;
using GraphQL;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>
/// GraphQL type <c>Entry</c> over one merged fact. Properties are plain reads of the envelope: the compiled projection calls them for each
/// entry of a page, the node-by-node execution calls the same ones.
/// </summary>
[Name("Entry")]
[Description("One clinical fact of the merged record, with every source that holds it.")]
internal sealed class EntryView(MergedEntry entry)
{
    [Id]
    [Description("Stable id of the fact: it survives merging and migration.")]
    public string Id => entry.Id;

    [Description("What the fact is about.")]
    public EntryCategory Category => entry.Lead.Category;

    [Description("Clinical date as recorded; null when not recorded.")]
    public FhirDate? Date => entry.Lead.Date;

    [Description("Label to show.")]
    public string Title => entry.Lead.Title;

    [Description("Main code; null when not coded.")]
    public CodingView? Code => entry.Lead.Code is { } code ? new CodingView(code) : null;

    [Description("Value; null where a fact has none.")]
    public EntryValueView? Value => entry.Lead.Value is { } value ? new EntryValueView(value) : null;

    [Description("Author as the source records it; null when not recorded.")]
    public AuthorView? Author => entry.Lead.Author is { } author ? new AuthorView(author) : null;

    [Description("Status of the FHIR resource; null when not recorded.")]
    public string? Status => entry.Lead.Status;

    [Description("Confidentiality codes; empty means normal.")]
    public IReadOnlyList<string> Confidentiality => entry.Lead.Confidentiality;

    [Cost(items: 3)]
    [Description("Every source that holds this fact; one or more.")]
    public IReadOnlyList<OriginView> Origins => OriginView.Of(entry.Origins);

    [Cost(items: 2)]
    [Description("Fields on which the origins disagree, all values kept.")]
    public IReadOnlyList<ConflictView> Conflicts => ConflictView.Of(entry.Conflicts);

    [Description("The FHIR R4 resource of the leading origin.")]
    public FhirResource Fhir => new(entry.Lead.Resource);
}

/// <summary>GraphQL type <c>Coding</c>.</summary>
[Name("Coding")]
[Description("A code in a terminology.")]
internal sealed class CodingView(Coding coding)
{
    [Description("Canonical URI of the terminology; null for a code local to the source.")]
    public string? System => coding.System;

    [Description("The code; null when only a text was recorded.")]
    public string? Code => coding.Code;

    [Description("Label as recorded; null when none.")]
    public string? Display => coding.Display;
}

/// <summary>GraphQL type <c>EntryValue</c>.</summary>
[Name("EntryValue")]
[Description("The value of a fact: a quantity, a code or a text. What was not recorded is null.")]
internal sealed class EntryValueView(EntryValue value)
{
    [Description("Number of a quantity, with its recorded decimals.")]
    public decimal? Number => value.Number;

    [Description("`<`, `<=`, `>=` or `>`; null for equality.")]
    public string? Comparator => value.Comparator;

    [Description("Unit as printed by the source.")]
    public string? Unit => value.Unit;

    [Description("Unit in UCUM.")]
    public string? UnitCode => value.UnitCode;

    [Description("Text value.")]
    public string? Text => value.Text;

    [Description("Coded value.")]
    public CodingView? Coding => value.Coding is { } coding ? new CodingView(coding) : null;

    [Description("Interpretation code (`N`, `L`, `H`, `HH`, …).")]
    public string? Interpretation => value.Interpretation;

    [Description("Low end of the reference range, in the unit of the value.")]
    public decimal? ReferenceLow => value.ReferenceLow;

    [Description("High end of the reference range, in the unit of the value.")]
    public decimal? ReferenceHigh => value.ReferenceHigh;
}

/// <summary>GraphQL type <c>Author</c>.</summary>
[Name("Author")]
[Description("Who authored a fact, as the source records it; nothing here is verified.")]
internal sealed class AuthorView(EntryAuthor author)
{
    [Id]
    [Description("Professional identifier (PS_IdNat or other).")]
    public string? Id => author.Id;

    [Description("Printable name.")]
    public string? Name => author.Name;

    [Description("Profession and specialty, such as `G15_10/SM26`.")]
    public string? Role => author.Role;

    [Id]
    [Description("Identifier of the structure (FINESS, STRUCT_IdNat or local).")]
    public string? OrganizationId => author.OrganizationId;

    [Description("Printable name of the structure.")]
    public string? Organization => author.OrganizationName;
}

/// <summary>GraphQL type <c>Origin</c>.</summary>
[Name("Origin")]
[Description("One holder of a fact.")]
internal sealed class OriginView(EntryOrigin origin)
{
    [Id]
    [Description("The source.")]
    public string SourceId => origin.SourceId;

    [Description("Identifier of the fact within the source.")]
    public string LocalId => origin.Entry.LocalId;

    [Description("Version within the source; null when it has none.")]
    public string? Version => origin.Entry.Version;

    [Description("Which store served it.")]
    public Store ServedBy => origin.ServedBy;

    [Description("When the source recorded or last changed it; null when not recorded.")]
    public DateTimeOffset? Recorded => origin.Entry.Recorded;

    internal static OriginView[] Of(IReadOnlyList<EntryOrigin> origins)
    {
        var views = new OriginView[origins.Count];
        for (var i = 0; i < views.Length; i++)
            views[i] = new OriginView(origins[i]);
        return views;
    }
}

/// <summary>GraphQL type <c>Conflict</c>.</summary>
[Name("Conflict")]
[Description("A field on which the origins of a fact disagree.")]
internal sealed class ConflictView(FieldConflict conflict)
{
    [Description("The field: `date`, `value`, `status`, `code` or `title`.")]
    public string Field => conflict.Field;

    [Cost(items: 2)]
    [Description("Each distinct value with the source that states it.")]
    public IReadOnlyList<ConflictValueView> Values => [.. conflict.Values.Select(static value => new ConflictValueView(value))];

    internal static IReadOnlyList<ConflictView> Of(IReadOnlyList<FieldConflict> conflicts) =>
        conflicts.Count == 0 ? [] : [.. conflicts.Select(static conflict => new ConflictView(conflict))];
}

/// <summary>GraphQL type <c>ConflictValue</c>.</summary>
[Name("ConflictValue")]
[Description("One value of a conflict.")]
internal sealed class ConflictValueView(ConflictValue value)
{
    [Id]
    [Description("The source that states it.")]
    public string SourceId => value.SourceId;

    [Description("The value as text.")]
    public string Value => value.Value;
}

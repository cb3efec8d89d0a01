using System.Text.Json.Serialization;

namespace DmpFederation.PartnerPortal.Hub;

/// <summary>A GraphQL request. The INS travels as a variable in the body, never in an address.</summary>
internal sealed record GraphQlQuestion(string Query, QueryVariables Variables);

internal sealed record QueryVariables(
    string Ins,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? After,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] QueryFilter? Filter);

internal sealed record QueryFilter(IReadOnlyList<string> Categories);

/// <summary>The two questions of the portal. Both stay the same text, so that the hub keeps them parsed.</summary>
internal static class DossierQuery
{
    private const string Fact = """
        fragment Fact on Entry {
          id category date title status
          code { system code display }
          value { number comparator unit unitCode text coding { system code display } interpretation referenceLow referenceHigh }
          author { name role organization }
          origins { sourceId localId }
          conflicts { field values { sourceId value } }
        }
        """;

    /// <summary>The dossier with its first page. Allergies and problems are asked apart and whole: their absence must mean something.</summary>
    public const string Open = $$"""
        query Dossier($ins: INS!) {
          sources { id name }
          dossier(ins: $ins) {
            ins complete
            patient { birthName usedName givenNames birthDate sex status }
            sources { sourceId status reason entryCount elapsedMs asOf }
            allergies: entries(filter: { categories: [ALLERGY] }, first: 200) { nodes { ...Fact } endCursor hasNext }
            problems: entries(filter: { categories: [CONDITION] }, first: 200) { nodes { ...Fact } endCursor hasNext }
            entries(first: 50) { nodes { ...Fact } endCursor hasNext }
          }
        }
        {{Fact}}
        """;

    /// <summary>One page more, or the first one of other categories.</summary>
    public const string Page = $$"""
        query Page($ins: INS!, $after: ID, $filter: EntryFilter) {
          sources { id name }
          dossier(ins: $ins) {
            ins complete
            sources { sourceId status reason entryCount elapsedMs asOf }
            entries(filter: $filter, first: 50, after: $after) { nodes { ...Fact } endCursor hasNext }
          }
        }
        {{Fact}}
        """;
}

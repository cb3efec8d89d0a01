using System.ComponentModel.DataAnnotations;

namespace DmpFederation.Hub.Api.GraphQl;

/// <summary>Bounds of one GraphQL request. All are on by default.</summary>
internal sealed class GraphQlOptions
{
    public const string Section = "GraphQl";

    /// <summary>Deepest nesting of fields. Default 12.</summary>
    [Range(1, 64)] public int MaxDepth { get; set; } = 12;

    /// <summary>Deepest nesting below <c>__schema</c> and <c>__type</c>. Default 20: usual tools ask for 13 to 15.</summary>
    [Range(1, 64)] public int MaxIntrospectionDepth { get; set; } = 20;

    /// <summary>Highest cost: fields times the sizes of the lists they stand in. Default 120,000.</summary>
    [Range(1, 1e9)] public double MaxCost { get; set; } = 120_000;

    /// <summary>Most field, fragment and directive nodes one document may hold, used or not. Default 2,000.</summary>
    [Range(1, 100_000)] public int MaxNodes { get; set; } = 2_000;

    /// <summary>Longest document in characters. Default 65,536.</summary>
    [Range(1, 1 << 24)] public int MaxDocumentLength { get; set; } = 65_536;

    /// <summary>Longest request body in bytes. Default 1 MiB.</summary>
    [Range(1, 1 << 28)] public int MaxBodyBytes { get; set; } = 1 << 20;

    /// <summary>Whether the schema may be asked for its own types. Default true: the schema is public.</summary>
    public bool Introspection { get; set; } = true;

    /// <summary>Documents kept parsed and validated. Default 1,000.</summary>
    [Range(0, 100_000)] public int CachedDocuments { get; set; } = 1_000;
}

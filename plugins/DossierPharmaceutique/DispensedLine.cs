using System.Diagnostics.CodeAnalysis;
using DmpFederation.Plugins.DossierPharmaceutique.Database;

namespace DmpFederation.Plugins.DossierPharmaceutique;

/// <summary>One dispensed line as the host holds it, without what is never shown. Texts are as recorded.</summary>
internal readonly record struct DispensedLine
{
    [SetsRequiredMembers]
    private DispensedLine(DpQuery row, int first)
    {
        Id = row.Text(first)!;
        Date = row.Text(first + 1);
        Cip13 = row.Text(first + 2);
        Label = row.Text(first + 3);
        Atc = row.Text(first + 4);
        Boxes = row.Number(first + 5);
        Recorded = row.Text(first + 6);
        Version = row.Number(first + 7);
        OtherSystem = row.Text(first + 8);
        OtherValue = row.Text(first + 9);
    }

    /// <summary>The line's key.</summary>
    public required string Id { get; init; }

    /// <summary><c>AAAAMMJJ</c>.</summary>
    public string? Date { get; init; }

    public string? Cip13 { get; init; }

    public string? Label { get; init; }

    public string? Atc { get; init; }

    public long? Boxes { get; init; }

    /// <summary><c>AAAAMMJJHHMMSS</c>, UTC.</summary>
    public string? Recorded { get; init; }

    public long? Version { get; init; }

    /// <summary>System of an identifier under which others know the line.</summary>
    public string? OtherSystem { get; init; }

    public string? OtherValue { get; init; }

    /// <summary>Reads the line columns of a row; null when the row has no line (outer join).</summary>
    /// <param name="row">A query standing on a row.</param>
    /// <param name="first">Ordinal of the line's key.</param>
    public static DispensedLine? Read(DpQuery row, int first) => row.Text(first) is null ? null : new DispensedLine(row, first);
}

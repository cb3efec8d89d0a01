namespace DmpFederation.LegacySystems.DossierPharmaceutique;

/// <summary>One dispensed line, column by column (see <see cref="DpSchema"/>).</summary>
internal sealed record DpLine
{
    public required string Id { get; init; }

    public required string NumeroDp { get; init; }

    /// <summary><c>AAAAMMJJ</c>.</summary>
    public required string DateDelivrance { get; init; }

    public string? Cip13 { get; init; }

    public required string Libelle { get; init; }

    public string? CodeAtc { get; init; }

    public int? Quantite { get; init; }

    /// <summary>See <see cref="ProductNature"/>.</summary>
    public required string Nature { get; init; }

    public required string OfficineFiness { get; init; }

    /// <summary>The patient refused that this line be shared.</summary>
    public bool Refusee { get; init; }

    /// <summary><c>AAAAMMJJHHMMSS</c>, UTC.</summary>
    public required string DateSaisie { get; init; }

    /// <summary>System of an identifier under which others know the line. Null when none.</summary>
    public string? RefSysteme { get; init; }

    public string? RefValeur { get; init; }
}

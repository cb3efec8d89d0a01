namespace DmpFederation.LegacySystems.ReseauDiabete;

/// <summary>What a row does to its record.</summary>
internal enum NetworkAction
{
    Creation,
    Correction,
    Withdrawal,
}

/// <summary>One row of the follow-up file, column by column.</summary>
internal sealed record NetworkRow
{
    /// <summary>Number of the record; a correction keeps it.</summary>
    public required string Number { get; init; }

    /// <summary>Rises with each correction.</summary>
    public long Version { get; init; } = 1;

    public NetworkAction Action { get; init; }

    /// <summary>22 digits.</summary>
    public required string InsC { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary><c>HBA1C</c>, <c>POIDS</c>, <c>PA</c>, <c>PIED</c>, … as in the network's manual.</summary>
    public required string Rubric { get; init; }

    public decimal? Value { get; init; }

    public decimal? Second { get; init; }

    /// <summary>As printed.</summary>
    public string? Unit { get; init; }

    /// <summary>ATC of a treatment, CCAM of an act.</summary>
    public string? Code { get; init; }

    public string? Label { get; init; }

    public string? Comment { get; init; }

    public string? Rpps { get; init; }

    public string? Professional { get; init; }

    public string? Finess { get; init; }

    public string? Structure { get; init; }

    /// <summary>Paris time, to the minute.</summary>
    public DateTime? Recorded { get; init; }
}

/// <summary>One row of the patients file.</summary>
internal sealed record NetworkPatient
{
    public required string Number { get; init; }

    public long Version { get; init; } = 1;

    public NetworkAction Action { get; init; }

    public required string InsC { get; init; }

    public required string BirthName { get; init; }

    public string? UsedName { get; init; }

    public required IReadOnlyList<string> GivenNames { get; init; }

    public required DateOnly BirthDate { get; init; }

    public required string Sex { get; init; }

    public required string BirthPlaceCode { get; init; }
}

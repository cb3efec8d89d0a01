namespace DmpFederation.LegacySystems.LabosRhoneAlpes;

/// <summary>A report as a laboratory's computer holds it, before it is printed into a file.</summary>
internal sealed record LaboratoryReport
{
    public required string PatientCode { get; init; }

    public required string Name { get; init; }

    public required string GivenName { get; init; }

    public required IReadOnlyList<string> Address { get; init; }

    public required string PostalCodeAndCity { get; init; }

    /// <summary>Null leaves the line blank.</summary>
    public required DateOnly? BirthDate { get; init; }

    /// <summary>Fifteen characters; the insured's, who may be a parent. Null leaves the line blank.</summary>
    public string? Nir { get; init; }

    public required string FileNumber { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>Code and name of the prescriber.</summary>
    public string Recipient { get; init; } = "";

    public IReadOnlyList<string> FreeText { get; init; } = [];

    /// <summary>Lines of <c>TEX</c>.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    public IReadOnlyList<ReportedResult> Results { get; init; } = [];
}

/// <summary>One measurement.</summary>
/// <param name="Label">Label.</param>
/// <param name="Code">The laboratory's own code.</param>
/// <param name="First">The leading value; null for a result without value.</param>
/// <param name="Second">The same in another unit.</param>
/// <param name="Flag"><c>N L H LL HH</c>, or empty.</param>
/// <param name="Status"><c>F</c> final, <c>P</c> preliminary, <c>X</c> withdrawn.</param>
internal sealed record ReportedResult(
    string Label, string Code, ReportedValue? First, ReportedValue? Second = null, string Flag = "", string Status = "F");

/// <summary>A value as printed, with its unit and range.</summary>
internal sealed record ReportedValue(string Value, string Unit, string Low = "", string High = "", bool Numeric = true);

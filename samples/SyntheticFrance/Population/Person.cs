namespace DmpFederation.SyntheticFrance.Population;

/// <summary>Who a patient is, before anything happens to them.</summary>
internal sealed record Person
{
    /// <summary>Order number of the birth in its place and month, 1 to 999.</summary>
    public required int Order { get; init; }

    public required string InsNir { get; init; }

    public required string InsC { get; init; }

    public required string BirthName { get; init; }

    public required string? UsedName { get; init; }

    public required IReadOnlyList<string> GivenNames { get; init; }

    public required DateOnly BirthDate { get; init; }

    public required string Sex { get; init; }

    public required Commune BirthPlace { get; init; }

    public required string Region { get; init; }

    public required string AddressLine { get; init; }

    public required string PostalCode { get; init; }

    public required string City { get; init; }

    public int AgeOn(DateOnly day)
    {
        var age = day.Year - BirthDate.Year;
        return BirthDate.AddYears(age) > day ? age - 1 : age;
    }
}

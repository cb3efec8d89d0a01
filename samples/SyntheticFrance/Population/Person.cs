namespace DmpFederation.SyntheticFrance.Population;

/// <summary>Who a patient is, before anything happens to them.</summary>
internal sealed record Person
{
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

namespace DmpFederation.SyntheticFrance.Model;

/// <summary>
/// The identity under which one source files a patient: its numbers and its traits. The patient's own, unless a trap of
/// <see cref="SyntheticPatient.Traps"/> or an old encoding made the source write something else.
/// </summary>
public sealed record RecordedIdentity
{
    /// <summary>15 characters. The key is wrong where the trap says so; the number is a parent's where the trap says so.</summary>
    public required string InsNir { get; init; }

    /// <summary>22 digits; the key is wrong where the trap says so.</summary>
    public required string InsC { get; init; }

    public required string BirthName { get; init; }

    /// <summary>Null when the birth name is used.</summary>
    public string? UsedName { get; init; }

    public required IReadOnlyList<string> GivenNames { get; init; }

    public required DateOnly BirthDate { get; init; }

    /// <summary><c>F</c> or <c>M</c>.</summary>
    public required string Sex { get; init; }

    /// <summary>Code officiel géographique, five characters.</summary>
    public required string BirthPlaceCode { get; init; }

    public required string BirthPlaceName { get; init; }

    public required string AddressLine { get; init; }

    public required string PostalCode { get; init; }

    public required string City { get; init; }
}

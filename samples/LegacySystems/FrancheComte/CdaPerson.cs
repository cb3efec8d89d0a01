using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.FrancheComte;

/// <summary>Whom a document is about, as its header prints it.</summary>
internal sealed record CdaPerson
{
    internal required string BirthName { get; init; }

    /// <summary>Null when the birth name is used.</summary>
    internal string? UsedName { get; init; }

    internal required IReadOnlyList<string> GivenNames { get; init; }

    internal required DateOnly BirthDate { get; init; }

    /// <summary><c>F</c> or <c>M</c>.</summary>
    internal required string Sex { get; init; }

    internal required string BirthPlaceCode { get; init; }

    internal string? BirthPlaceName { get; init; }

    internal string? AddressLine { get; init; }

    internal string? PostalCode { get; init; }

    /// <summary>Null when the address is not known.</summary>
    internal string? City { get; init; }

    internal static CdaPerson Of(SyntheticPatient patient) => new()
    {
        BirthName = patient.BirthName,
        UsedName = patient.UsedName,
        GivenNames = patient.GivenNames,
        BirthDate = patient.BirthDate,
        Sex = patient.Sex,
        BirthPlaceCode = patient.BirthPlaceCode,
        BirthPlaceName = patient.BirthPlaceName,
        AddressLine = patient.AddressLine,
        PostalCode = patient.PostalCode,
        City = patient.City,
    };
}

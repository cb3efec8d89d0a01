namespace DmpFederation.Sdk.Conformance.Fixtures;

/// <summary>Identity traits: certified ones to ask with, or expected ones. What is null is not given, and not compared.</summary>
internal sealed class TraitsFixture
{
    public string? BirthName { get; set; }

    public string? UsedName { get; set; }

    public List<string>? GivenNames { get; set; }

    /// <summary><c>YYYY-MM-DD</c>, or less when less is known.</summary>
    public string? BirthDate { get; set; }

    public TraitSex? Sex { get; set; }

    public string? BirthPlaceCode { get; set; }

    public PatientTraits Certified(PatientKey key) => new()
    {
        BirthName = BirthName,
        UsedName = UsedName,
        GivenNames = GivenNames ?? [],
        BirthDate = BirthDate is null ? null : FhirDate.Parse(BirthDate),
        Sex = Sex ?? TraitSex.Unknown,
        BirthPlaceCode = BirthPlaceCode,
        Keys = [key],
        Status = IdentityStatus.Qualified,
    };

    /// <summary>True when the source states each trait this names, in the same words.</summary>
    public bool Matches(PatientTraits found) =>
        (BirthName is null || BirthName == found.BirthName)
        && (UsedName is null || UsedName == found.UsedName)
        && (GivenNames is null || GivenNames.SequenceEqual(found.GivenNames))
        && (BirthDate is null || BirthDate == found.BirthDate?.ToString())
        && (Sex is null || Sex == found.Sex)
        && (BirthPlaceCode is null || BirthPlaceCode == found.BirthPlaceCode);

    /// <summary>Every text here that would tell who somebody is.</summary>
    public IEnumerable<string> Words()
    {
        foreach (var word in new[] { BirthName, UsedName }.Concat(GivenNames ?? []).OfType<string>())
            yield return word;
        if (BirthDate is { Length: 10 } day)
        {
            yield return day;
            yield return day.Replace("-", "", StringComparison.Ordinal);
        }
    }
}

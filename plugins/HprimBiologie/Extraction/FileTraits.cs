using DmpFederation.Plugins.HprimBiologie.Hprim;
using DmpFederation.Plugins.HprimBiologie.Matching;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HprimBiologie.Extraction;

/// <summary>The traits a file states. It says neither sex nor which of its names is that of birth.</summary>
internal static class FileTraits
{
    /// <param name="header">The header.</param>
    /// <param name="key">The key it was found by.</param>
    public static PatientTraits Of(HprimHeader header, PatientKey key) => new()
    {
        BirthName = header.Name.Length > 0 ? header.Name : null,
        GivenNames = header.GivenName.Length > 0 ? [header.GivenName] : [],
        BirthDate = header.BirthDate is { } day ? FhirDate.FromDay(day) : null,
        Keys = key == LocalIds.Patient(header) ? [key] : [key, LocalIds.Patient(header)],
        Status = IdentityStatus.Provisional,
    };

    /// <summary>Equal for headers that state the same person.</summary>
    public static string Fingerprint(HprimHeader header) =>
        $"{FoldedName.Of(header.Name)}|{FoldedName.Of(header.GivenName)}|{header.BirthDate:O}|{header.ShortBirthDate:O}";
}

using DmpFederation.Sdk;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.Plugins.Tests.World;

/// <summary>The certified identity of an invented patient, as the hub gives it to a connector.</summary>
internal static class CertifiedTraits
{
    public static PatientTraits Of(SyntheticPatient patient) => new()
    {
        BirthName = patient.BirthName,
        GivenNames = patient.GivenNames,
        BirthDate = FhirDate.FromDay(patient.BirthDate),
        Sex = patient.Sex == "F" ? TraitSex.Female : TraitSex.Male,
        Keys = [new PatientKey(PatientKeySystems.InsNirTest, patient.InsNir)],
        Status = IdentityStatus.Retrieved,
    };
}

using DmpFederation.Sdk.Fhir;
using Hl7.Fhir.Model;

namespace DmpFederation.Sdk.Tests.Readme;

internal static class LabValue
{
    // README
    public static DossierEntry HbA1c(PatientKey patient, string localId, decimal percent, DateOnly sampled) => FhirEntry.FromResource(
        new Observation
        {
            Status = ObservationStatus.Final,
            Category = [new CodeableConcept("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory")],
            Code = new CodeableConcept("http://loinc.org", "4548-4", "Hémoglobine A1c"),
            Effective = new FhirDateTime(sampled.Year, sampled.Month, sampled.Day),
            Value = new Quantity(percent, "%"),
        },
        new EntryContext(FiledUnder: patient, LocalId: localId));
    // end of README
}

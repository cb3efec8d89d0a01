using System.Text;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.Tests.FhirServer;

/// <summary>Facts as the hub hands them to a connector that writes.</summary>
internal static class Deposited
{
    public const string UniqueId = "urn:oid:2.999.7.1";

    /// <summary>As the hub gives it: the fact's own id.</summary>
    public const string Key = UniqueId;

    /// <summary>An HbA1c by a biologist of another server, with the references that only that server understands.</summary>
    public static DossierEntry Result(string value = "7.40", string uniqueId = UniqueId, PatientKey? patient = null) => Entry(
        $$$"""
        {"resourceType":"Observation","id":"of-the-hub","meta":{"versionId":"9","lastUpdated":"2026-01-01T00:00:00Z",
          "security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R"}]},
         "identifier":[{"system":"urn:oid:2.999.8","value":"LAB-7"}],"status":"final",
         "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],
         "code":{"coding":[{"system":"http://loinc.org","code":"4548-4","display":"HbA1c"}]},
         "subject":{"reference":"Patient/of-the-hub","identifier":{"system":"{{{Bundles.Key.System}}}","value":"{{{Bundles.Key.Value}}}"}},
         "encounter":{"reference":"Encounter/of-the-hub"},
         "effectiveDateTime":"2009-03-12T08:15:00+01:00",
         "performer":[{"reference":"Practitioner/7","identifier":{"system":"urn:oid:1.2.250.1.71.4.2.1","value":"810000000009"},"display":"Dr Exemple"}],
         "valueQuantity":{"value":{{{value}}},"unit":"%","system":"http://unitsofmeasure.org","code":"%"}}
        """,
        uniqueId,
        patient);

    public static DossierEntry Document(string attachment) => Entry(
        $$$"""
        {"resourceType":"DocumentReference","status":"current","type":{"coding":[{"system":"http://loinc.org","code":"11488-4"}]},
         "subject":{"reference":"Patient/of-the-hub"},"date":"2009-04-02T10:00:00+02:00","content":[{"attachment":{{{attachment}}}}]}
        """,
        UniqueId);

    public static DossierEntry Entry(string resource, string uniqueId = UniqueId, PatientKey? patient = null) =>
        DossierEntry.FromJson(Encoding.UTF8.GetBytes(resource), new EntryContext(patient ?? Bundles.Key, uniqueId));
}

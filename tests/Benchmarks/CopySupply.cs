using System.Globalization;
using System.Text;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Sdk;

namespace DmpFederation.Benchmarks;

/// <summary>Copies of invented patients without end: results of about 1 KB, valid FHIR R4, all of them different.</summary>
internal sealed class CopySupply
{
    public const int PerBatch = Patients * Facts;

    private const int Patients = 50;
    private const int Facts = 20;

    /// <summary>Makes a result as long as the resources of a laboratory are on average.</summary>
    private static readonly string Remark = string.Join(' ', Enumerable.Repeat("Prélèvement veineux au pli du coude, à jeun.", 6));

    private int patient;

    /// <summary>Bytes of the last resource made.</summary>
    public int Size { get; private set; }

    public IReadOnlyList<PatientCopy> Next() => [.. Enumerable.Range(0, Patients).Select(_ => Copy(++patient))];

    private PatientCopy Copy(int number)
    {
        // Not of the test range of INS: a number of the source's own, as many legacy systems have.
        var key = new PatientKey("urn:oid:1.2.250.1.999.1", number.ToString("D9", CultureInfo.InvariantCulture));
        return new PatientCopy { Key = key, Entries = [.. Enumerable.Range(0, Facts).Select(at => Result(key, number, at))] };
    }

    private DossierEntry Result(PatientKey key, int number, int at)
    {
        var resource = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$$"""
            {"resourceType":"Observation","id":"r{{{number}}}-{{{at:D2}}}","meta":{"versionId":"1","lastUpdated":"2009-03-13T10:00:00+01:00"},"identifier":[{"system":"urn:oid:1.2.250.1.999.2","value":"{{{number}}}.{{{at}}}"}],"status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"4548-4","display":"HbA1c"}]},"effectiveDateTime":"2009-03-12T08:15:00+01:00","performer":[{"display":"Laboratoire du Parc"}],"valueQuantity":{"value":{{{4 + (number + at) % 90 / 10m}}},"unit":"%","system":"http://unitsofmeasure.org","code":"%"},"referenceRange":[{"low":{"value":4,"unit":"%"},"high":{"value":6,"unit":"%"}}],"note":[{"text":"{{{Remark}}}"}]}
            """));
        Size = resource.Length;
        return DossierEntry.FromJson(resource, new EntryContext(key));
    }
}

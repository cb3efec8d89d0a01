using System.Globalization;
using System.Text;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Sdk;
using DmpFederation.TestKit;

namespace DmpFederation.Hub.Tests.National.Copies;

/// <summary>Copies of invented patients; what a test leaves out is always the same.</summary>
internal static class ACopy
{
    public const string Source = "labo-test";

    public static readonly SliceId Slice = new(Source, "rest", "biology");

    public static readonly StepNote Note = new("operator-1", "pilot", null);

    /// <summary>Two waves and two groups of categories.</summary>
    public static MigrationPlan Plan(string source = Source) => new(
        source,
        [
            new Wave("pilot", WaveKind.Cohort) { Cohort = new HashSet<PatientKey> { Key(7), Key(8) } },
            new Wave("tenth", WaveKind.Partition) { Partition = new PatientPartition(3, 10) },
            new Wave("rest", WaveKind.Rest),
        ],
        [
            new CategoryGroup("biology", new HashSet<EntryCategory> { EntryCategory.LabResult, EntryCategory.VitalSign }),
            new CategoryGroup(
                "others",
                Enum.GetValues<EntryCategory>().Except([EntryCategory.LabResult, EntryCategory.VitalSign]).ToHashSet()),
        ]);

    public static PatientKey Key(int patient) => APatient.Number(patient).Ins.Key;

    public static PatientCopy Of(int patient, params DossierEntry[] facts) => new()
    {
        Key = Key(patient),
        Entries = [.. facts.OrderBy(static fact => fact.LocalId, StringComparer.Ordinal)],
    };

    /// <summary>A result, valid FHIR R4 unless the status is none.</summary>
    public static DossierEntry Result(int patient, string localId, decimal value = 7.2m, string status = "final") => DossierEntry.FromJson(
        Bytes($$$"""
            {"resourceType":"Observation","id":"{{{localId}}}","status":"{{{status}}}",
             "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],
             "code":{"coding":[{"system":"http://loinc.org","code":"4548-4","display":"HbA1c"}]},"effectiveDateTime":"2009-03-12T08:15:00+01:00",
             "valueQuantity":{"value":{{{value.ToString(CultureInfo.InvariantCulture)}}},"unit":"%","system":"http://unitsofmeasure.org","code":"%"}}
            """),
        new EntryContext(Key(patient), localId));

    /// <summary>A document, without its content.</summary>
    public static DossierEntry Document(int patient, string localId) => DossierEntry.FromJson(
        Bytes($$$"""
            {"resourceType":"DocumentReference","id":"{{{localId}}}","status":"current","type":{"coding":[{"system":"http://loinc.org","code":"11502-2"}]},
             "content":[{"attachment":{"contentType":"application/pdf"}}]}
            """),
        new EntryContext(Key(patient), localId));

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}

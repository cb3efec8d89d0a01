using System.Globalization;
using System.Text;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Deposits;
using DmpFederation.Hub.Identity;

namespace DmpFederation.TestKit;

/// <summary>What professionals deposit about invented patients. A test states what matters to it.</summary>
internal static class ADeposit
{
    /// <summary>A name of the test's own, always the same for a number.</summary>
    public static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"urn:oid:1.2.250.1.999.7.{number}");

    public static DepositDraft Draft(int number = 1, string value = "7.20", params string[] confidentiality) => new()
    {
        UniqueId = Name(number),
        Resource = Encoding.UTF8.GetBytes(Hba1c(value)),
        Confidentiality = confidentiality,
    };

    public static Deposit Of(DepositDraft draft, Actor? actor = null, Ins? patient = null) =>
        new(actor ?? AnActor.Doctor(), patient ?? APatient.Known().Ins, draft);

    /// <summary>A result of HbA1c, with the digits the laboratory printed.</summary>
    public static string Hba1c(string value = "7.20", string? subject = null) =>
        $$"""
        { "resourceType": "Observation", "status": "final",
          "code": { "coding": [{ "system": "http://loinc.org", "code": "4548-4", "display": "HbA1c" }] },
          {{(subject is null ? "" : $$"""  "subject": { "identifier": { "system": "{{subject.Split('|')[0]}}", "value": "{{subject.Split('|')[1]}}" } },""")}}
          "effectiveDateTime": "2026-03-02T08:15:00+01:00",
          "valueQuantity": { "value": {{value}}, "unit": "%", "system": "http://unitsofmeasure.org", "code": "%" } }
        """;

    public const string Report =
        """
        { "resourceType": "DocumentReference", "status": "current", "date": "2026-03-02T09:00:00+01:00",
          "type": { "coding": [{ "system": "http://loinc.org", "code": "34112-3", "display": "Hospital Note" }] },
          "content": [{ "attachment": { "contentType": "application/pdf", "title": "Compte rendu" } }] }
        """;
}

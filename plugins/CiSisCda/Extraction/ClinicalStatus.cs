using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>Status, severity, certainty and criticality: small observations hung on a problem or an allergy (IHE PCC).</summary>
internal sealed class ClinicalStatus(XElement observation, XElement? concern, EntryScope scope)
{
    /// <summary>FHIR clinical status: said by the entry, else by the concern around it. Null when neither says.</summary>
    internal string? Clinical => FromStatus(Attribute("33999-4")) ?? concern.Part("statusCode").Attr("code") switch
    {
        "active" => "active",
        "completed" => "resolved",
        "suspended" or "aborted" => "inactive",
        _ => null,
    };

    /// <summary>FHIR verification status. A negated entry says that the problem is not there.</summary>
    internal string? Verification => observation.IsNegated()
        ? "refuted"
        : Attribute("66455-7").First?.Code switch
        {
            "confirmed" or "410605003" => "confirmed",
            "unconfirmed" or "provisional" or "differential" or "refuted" or "entered-in-error" => Attribute("66455-7").First?.Code,
            _ => null,
        };

    internal Concept Severity => Attribute("SEV");

    internal Concept Criticality => Attribute("82606-5");

    /// <summary>FHIR severity of a reaction. Null when not stated in a known code.</summary>
    internal static string? SeverityOf(Concept severity) => severity.First?.Code switch
    {
        "255604002" or "L" => "mild",
        "6736007" or "M" => "moderate",
        "24484000" or "H" => "severe",
        _ => null,
    };

    internal Concept Attribute(string code) => scope.Concepts.Read(
        observation.Parts("entryRelationship").Select(relation => relation.Part("observation"))
            .FirstOrDefault(one => one.Part("code").Attr("code") == code)
            .Part("value"));

    private static string? FromStatus(Concept status) => status.First?.Code switch
    {
        "active" or "55561003" or "G-A230" => "active",
        "inactive" or "73425007" => "inactive",
        "resolved" or "413322009" => "resolved",
        "recurrence" or "246455001" => "recurrence",
        "relapse" => "relapse",
        "remission" => "remission",
        _ => null,
    };
}

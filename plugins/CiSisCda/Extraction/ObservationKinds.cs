using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>Tells what an observation is about by IHE template, by code and by section, in that order.</summary>
internal static class ObservationKinds
{
    private const string LaboratoryObservation = "1.3.6.1.4.1.19376.1.3.1.6";
    private const string VitalSignObservation = "1.3.6.1.4.1.19376.1.5.3.1.4.13.2";

    /// <summary>Said about another entry and read with it: status, severity, certainty, criticality, condition, rank of a vaccine.</summary>
    private static readonly HashSet<string> Attributes =
        ["33999-4", "SEV", "66455-7", "82606-5", "11323-3", "30973-2", "94030-4", "GEN-318", "GEN-319"];

    /// <summary>Analytes that cardiology, diabetes and summary sheets carry as plain observations, outside any laboratory template.</summary>
    private static readonly HashSet<string> Analytes =
    [
        "4548-4", "59261-8", "40193-5", "53049-3", "14749-6", "2345-7", "14682-9", "2160-0", "62238-1", "98979-8", "33914-3", "14647-2", "2093-3",
        "14646-4", "2085-9", "39469-2", "13457-7", "22748-8", "18262-6", "14927-8", "2571-8", "9318-7", "32294-1", "2823-3", "2951-2", "6301-6",
        "1988-5", "3016-3", "3024-7", "22664-7", "718-7", "777-3", "6690-2", "34714-6", "5902-2", "3255-7", "33762-6", "30934-4", "42637-9",
        "882-1", "883-9", "10331-7", "3289-6", "5895-7", "5894-0", "5792-7", "20454-5", "33863-2", "1742-6", "1920-8", "2324-2", "14627-4", "2276-4",
    ];

    internal static bool IsAttribute(XElement observation) => observation.Part("code").Attr("code") is { } code && Attributes.Contains(code);

    internal static bool IsLaboratory(XElement observation, Concept code) =>
        observation.HasTemplate(LaboratoryObservation)
        || code.Codings.Any(coding => coding.System == CodeSystems.Loinc && Analytes.Contains(coding.Code!));

    internal static bool IsVitalSign(XElement observation) => observation.HasTemplate(VitalSignObservation);

    internal static bool IsVitalSignsGroup(XElement organizer) =>
        organizer.HasTemplate("1.3.6.1.4.1.19376.1.5.3.1.4.13.1") || organizer.Part("code").Attr("code") is "85353-1" or "46680005";

    internal static bool IsLaboratoryGroup(XElement statement) =>
        statement.HasTemplate("1.3.6.1.4.1.19376.1.3.1") || statement.HasTemplate("1.3.6.1.4.1.19376.1.3.1.4")
        || statement.HasTemplate("1.3.6.1.4.1.19376.1.3.1.5")
        || statement.Part("code").Attr("code") == "26436-6";

    /// <summary>Code of the R4 observation category of an observation that is neither biology nor a vital sign.</summary>
    internal static string CategoryOf(IReadOnlyList<string> sections) =>
        sections.Contains("29762-2") || sections.Contains("10162-6") || sections.Contains("10161-8") ? "social-history"
        : sections.Contains("47420-5") || sections.Contains("46006-3") ? "survey"
        : "exam";
}

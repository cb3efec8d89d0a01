using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>Imaging: a conclusion quoted in a summary, and the DICOM study a report is about.</summary>
internal static class ImagingReader
{
    private const string ImagingReport = "18748-4";
    private const string StudyAct = "1.2.840.10008.9.16";

    internal static bool IsQuotedReport(XElement organizer) => organizer.Part("code").Attr("code") == ImagingReport;

    internal static bool IsStudy(XElement act) => act.HasTemplate(StudyAct);

    internal static Fact QuotedReport(XElement organizer, EntryScope scope)
    {
        var findings = organizer.Parts("component").Select(component => component.Part("observation")).OfType<XElement>()
            .Select(observation => (scope.Concepts.Read(observation.Part("code")).Label, ValueReader.Read(observation, scope.Document).Envelope))
            .Select(finding => Line(finding.Label, finding.Envelope))
            .OfType<string>();
        var conclusion = string.Join('\n', findings);
        var code = scope.Concepts.Read(organizer.Part("code"));
        var date = CdaTime.StartOf(organizer.Part("effectiveTime")) ?? scope.Time ?? scope.Document.Created;
        var performer = scope.PerformerOf(organizer);
        return new Fact
        {
            ResourceType = "DiagnosticReport",
            Category = EntryCategory.Imaging,
            Source = organizer,
            Position = scope.Position,
            Code = code,
            Date = date,
            Status = "final",
            Author = performer,
            Value = conclusion.Length > 0 ? new EntryValue { Text = conclusion } : null,
            Body = json =>
            {
                json.WriteString("status", "final");
                json.Codes("category", "http://terminology.hl7.org/CodeSystem/v2-0074", "RAD");
                json.RequiredConcept("code", code);
                json.Time("effectiveDateTime", date);
                json.Persons("performer", performer);
                json.Text("conclusion", conclusion);
            },
        };
    }

    internal static Fact Study(XElement act, EntryScope scope)
    {
        var started = CdaTime.StartOf(act.Part("effectiveTime")) ?? scope.Document.ServiceStart ?? scope.Document.Created;
        var procedure = scope.Document.ServiceEvents.Count > 0 ? scope.Document.ServiceEvents[0] : scope.Concepts.Read(act.Part("code"));
        return new Fact
        {
            ResourceType = "ImagingStudy",
            Category = EntryCategory.Imaging,
            Source = act,
            Position = scope.Position,
            Code = procedure,
            Fallback = scope.SectionTitle,
            Date = started,
            Status = "available",
            Author = scope.Document.Author,
            Body = json =>
            {
                json.WriteString("status", "available");
                json.Time("started", started);
                json.Concepts("procedureCode", procedure);
                json.Text("description", scope.TextOf(act.Part("text")));
            },
        };
    }

    private static string? Line(string? label, EntryValue? value)
    {
        var said = value?.Text ?? value?.Number?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return said is null ? null : label is null ? said : $"{label} : {said}";
    }
}

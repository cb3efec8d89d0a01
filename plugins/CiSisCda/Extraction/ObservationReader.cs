using System.Text.Json;
using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>Observations: results of biology, vital signs, and everything else that is measured, scored or answered.</summary>
internal static class ObservationReader
{
    private const string CategorySystem = "http://terminology.hl7.org/CodeSystem/observation-category";

    /// <summary>Null when the observation says nothing: neither a value nor why it is missing.</summary>
    internal static Fact? Read(XElement observation, EntryScope scope)
    {
        var code = CodeOf(observation, scope);
        var isLaboratory = scope.IsLaboratory || ObservationKinds.IsLaboratory(observation, code);
        var isVitalSign = !isLaboratory && (scope.IsVitalSigns || ObservationKinds.IsVitalSign(observation));
        var value = ValueReader.Read(observation, scope.Document);
        var range = ReferenceRange.FirstOf(observation, scope);
        var interpretations = observation.Parts("interpretationCode").Select(scope.Concepts.Read).Where(one => !one.IsEmpty).ToList();
        if (value == ObservedValue.None && !isLaboratory && interpretations.Count == 0)
        {
            // A heading over other observations, unless its wording is the finding.
            if (scope.TextOf(observation.Part("text")) is not { } wording || wording == code.Label)
                return null;
            value = ObservedValue.OfText(wording);
        }
        var date = CdaTime.StartOf(observation.Part("effectiveTime")) ?? scope.Time ?? scope.Document.ServiceStart ?? scope.Document.Created;
        var end = CdaTime.HighOf(observation.Part("effectiveTime"));
        var author = scope.PerformerOf(observation) ?? scope.Document.Author;
        var status = StatusOf(observation);
        var category = isLaboratory ? EntryCategory.LabResult : isVitalSign ? EntryCategory.VitalSign : EntryCategory.Other;
        return new Fact
        {
            ResourceType = "Observation",
            Category = category,
            Source = observation,
            Position = scope.Position,
            Code = code,
            Fallback = scope.SectionTitle,
            Date = date,
            Status = status,
            Author = author,
            Value = Envelope(value.Envelope, range, interpretations),
            Body = json =>
            {
                json.WriteString("status", status);
                json.Codes(
                    "category", CategorySystem,
                    isLaboratory ? "laboratory" : isVitalSign ? "vital-signs" : ObservationKinds.CategoryOf(scope.Sections));
                json.RequiredConcept("code", code);
                if (end is not null && date is not null && end != date)
                    json.Period("effectivePeriod", date, end);
                else
                    json.Time("effectiveDateTime", date);
                json.Persons("performer", author);
                value.Write(json);
                json.Concepts("interpretation", [.. interpretations]);
                json.Note(scope.CommentOf(observation));
                json.Concept("bodySite", scope.Concepts.Read(observation.Part("targetSiteCode")));
                json.Concept("method", scope.Concepts.Read(observation.Part("methodCode")));
                WriteSpecimen(json, scope.Specimen);
                range?.Write(json);
            },
        };
    }

    private static Concept CodeOf(XElement observation, EntryScope scope)
    {
        var code = scope.Concepts.Read(observation.Part("code"));
        return code.IsEmpty ? code.WithText(scope.TextOf(observation.Part("text"))) : code;
    }

    private static string StatusOf(XElement observation) => observation.Part("statusCode").Attr("code") switch
    {
        "active" or "new" or "held" => "preliminary",
        "aborted" or "cancelled" => "cancelled",
        "nullified" => "entered-in-error",
        "obsolete" => "amended",
        _ => "final",
    };

    private static EntryValue? Envelope(EntryValue? value, ReferenceRange? range, List<Concept> interpretations)
    {
        var interpretation = interpretations.SelectMany(one => one.Codings)
            .FirstOrDefault(coding => coding.System == CodeSystems.Interpretation)?.Code;
        if (value is null && interpretation is null)
            return null;
        return (value ?? new EntryValue()) with
        {
            Interpretation = interpretation,
            ReferenceLow = range?.Low?.Number,
            ReferenceHigh = range?.High?.Number,
        };
    }

    // R4 wants a Specimen here; a display says what it was without a resource of its own.
    private static void WriteSpecimen(Utf8JsonWriter json, Concept specimen)
    {
        if (specimen.Label is not { } label)
            return;
        json.WriteStartObject("specimen");
        json.WriteString("display", label);
        json.WriteEndObject();
    }
}

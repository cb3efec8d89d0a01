using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>Treatments taken (mood EVN → MedicationStatement) and medicines prescribed or planned (other moods → MedicationRequest).</summary>
internal static class TreatmentReader
{
    private const string PrescriptionSection = "57828-6";

    /// <summary>Null when no product is named: subordinate dosage lines and "no treatment" placeholders.</summary>
    internal static Fact? Read(XElement administration, EntryScope scope)
    {
        var medicine = MedicineReader.Read(administration, scope);
        if (medicine.IsEmpty)
            return null;
        return administration.Attr("moodCode") is null or "EVN"
            ? Statement(administration, medicine, scope)
            : Request(administration, medicine, scope);
    }

    private static Fact Statement(XElement administration, Concept medicine, EntryScope scope)
    {
        var (start, end) = IntervalOf(administration);
        // PCC fixes statusCode to "completed" for every treatment; only an end that has passed says that it is over.
        var status = administration.IsNegated() ? "not-taken"
            // One moment instead of an interval: given then, and done (contrast product).
            : administration.Part("effectiveTime").Attr("value") is not null ? "completed"
            : end is { } until && scope.Document.Created is { } written && until.EndUtc <= written.EndUtc ? "completed"
            : "active";
        var author = scope.AuthorOf(administration) ?? scope.Document.Author;
        var dosage = Dosage.Of(administration, scope, medicine.Label);
        return new Fact
        {
            ResourceType = "MedicationStatement",
            Category = EntryCategory.Medication,
            Source = administration,
            Position = scope.Position,
            Code = medicine,
            Date = start ?? scope.Time ?? scope.Document.Created,
            Status = status,
            Author = author,
            Value = dosage.Text is { } text ? new EntryValue { Text = text } : null,
            Body = json =>
            {
                json.WriteString("status", status);
                json.RequiredConcept("medicationCodeableConcept", medicine);
                json.Period("effectivePeriod", start, end);
                json.Time("dateAsserted", scope.Document.Created);
                json.Person("informationSource", author);
                json.Concepts("reasonCode", ReasonOf(administration, scope));
                json.Note(scope.CommentOf(administration));
                dosage.Write(json, "dosage");
            },
        };
    }

    private static Fact Request(XElement administration, Concept medicine, EntryScope scope)
    {
        var (start, end) = IntervalOf(administration);
        var author = CdaAuthors.AuthorOf(administration) ?? scope.Document.Author;
        var authored = CdaTime.StartOf(administration.Part("author").Part("time")) ?? scope.Document.Created;
        var supply = administration.Parts("entryRelationship").Select(relation => relation.Part("supply")).FirstOrDefault(one => one is not null);
        var quantity = Quantity.Of(supply.Part("quantity"));
        var repeats = Quantity.Of(administration.Part("repeatNumber"));
        var dosage = Dosage.Of(administration, scope, medicine.Label);
        var isOrder = scope.Sections.Contains(PrescriptionSection) || administration.Attr("moodCode") == "RQO";
        return new Fact
        {
            ResourceType = "MedicationRequest",
            Category = EntryCategory.Medication,
            Source = administration,
            Position = scope.Position,
            Code = medicine,
            Date = authored,
            Status = "active",
            Author = author,
            Value = quantity is null && dosage.Text is null
                ? null
                : new EntryValue { Number = quantity?.Number, Unit = quantity?.UnitLabel, UnitCode = quantity?.UcumUnit, Text = dosage.Text },
            Body = json =>
            {
                json.WriteString("status", "active");
                json.WriteString("intent", isOrder ? "order" : "plan");
                json.RequiredConcept("medicationCodeableConcept", medicine);
                json.Time("authoredOn", authored);
                json.Person("requester", author);
                json.Concepts("reasonCode", ReasonOf(administration, scope));
                json.Note(scope.CommentOf(administration));
                dosage.Write(json, "dosageInstruction");
                if (quantity is null && repeats is null && start is null && end is null)
                    return;
                json.WriteStartObject("dispenseRequest");
                json.Period("validityPeriod", start, end);
                if (repeats is { Number: >= 0 and < 1000 })
                    json.WriteNumber("numberOfRepeatsAllowed", (int)repeats.Number);
                quantity?.Write(json, "quantity");
                json.WriteEndObject();
            },
        };
    }

    private static (FhirDate? Start, FhirDate? End) IntervalOf(XElement administration)
    {
        var interval = administration.Parts("effectiveTime").FirstOrDefault(time => CdaTime.StartOf(time) is not null);
        return (CdaTime.LowOf(interval), CdaTime.HighOf(interval));
    }

    private static Concept ReasonOf(XElement administration, EntryScope scope) => scope.Concepts.Read(
        administration.Parts("entryRelationship").Where(relation => relation.Attr("typeCode") == "RSON")
            .Select(relation => relation.Part("act").Part("code")).FirstOrDefault(code => code is not null));
}

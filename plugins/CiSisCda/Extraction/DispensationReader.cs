using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>Boxes handed over (eDISP-MED, IHE PHARM DIS).</summary>
internal static class DispensationReader
{
    /// <summary>Null when the supply names no product.</summary>
    internal static Fact? Read(XElement supply, EntryScope scope)
    {
        var medicine = MedicineReader.Read(supply, scope);
        if (medicine.IsEmpty)
            medicine = medicine.WithText(scope.TextOf(supply.Part("text")) ?? MedicineReader.FormOf(supply));
        if (medicine.IsEmpty)
            return null;
        var quantity = Quantity.Of(supply.Part("quantity"));
        // The entry rarely dates itself: the act of dispensing is the service event of the document.
        var handedOver = CdaTime.StartOf(supply.Part("effectiveTime")) ?? CdaTime.StartOf(supply.Part("performer").Part("time"))
            ?? CdaTime.StartOf(supply.Part("author").Part("time")) ?? scope.Time ?? scope.Document.ServiceStart ?? scope.Document.Created;
        var performer = scope.PerformerOf(supply) ?? scope.Document.Author;
        var dosage = Dosage.Of(supply, scope, medicine.Label);
        var lot = MedicineReader.LotOf(supply);
        var expiry = MedicineReader.ExpiryOf(supply);
        var prescription = CdaId.FirstOf(supply.Parts("entryRelationship").Where(relation => relation.Attr("typeCode") == "REFR")
            .Select(relation => relation.Part("substanceAdministration")).FirstOrDefault(one => one is not null));
        return new Fact
        {
            ResourceType = "MedicationDispense",
            Category = EntryCategory.Medication,
            Source = supply,
            Position = scope.Position,
            Code = medicine,
            Date = handedOver,
            Status = "completed",
            Author = performer,
            Value = quantity is null ? null : new EntryValue { Number = quantity.Number, Unit = quantity.UnitLabel, UnitCode = quantity.UcumUnit },
            Body = json =>
            {
                json.WriteString("status", "completed");
                json.RequiredConcept("medicationCodeableConcept", medicine);
                json.Actor("performer", performer);
                if (prescription is { } order)
                {
                    json.WriteStartArray("authorizingPrescription");
                    json.WriteStartObject();
                    json.WritePropertyName("identifier");
                    json.Identifier(order.ToBusinessIdentifier());
                    json.WriteEndObject();
                    json.WriteEndArray();
                }
                quantity?.Write(json, "quantity");
                json.Time("whenHandedOver", handedOver);
                // R4 has no place for the batch in a dispense without a Medication resource.
                json.Note(lot is null ? null : $"Lot {lot}", expiry is null ? null : $"Péremption {expiry}", scope.CommentOf(supply));
                dosage.Write(json, "dosageInstruction");
            },
        };
    }
}

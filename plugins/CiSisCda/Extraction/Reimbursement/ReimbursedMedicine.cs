using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction.Reimbursement;

/// <summary>A reimbursed box is a box dispensed: MedicationDispense, so that it joins the same box of the dossier pharmaceutique.</summary>
internal static class ReimbursedMedicine
{
    internal static Fact? Read(ReimbursedLine line)
    {
        var medicine = line.Named(MedicineReader.Read(line.Statement, line.Scope));
        if (medicine.IsEmpty)
            return null;
        var delivered = ReimbursedLine.ToDay(line.Delivered);
        var quantity = line.Quantity is { Unit: null } counted && !line.IsOpened ? Quantity.Boxes(counted.Number) : line.Quantity;
        return new Fact
        {
            ResourceType = "MedicationDispense",
            Category = EntryCategory.Medication,
            Source = line.Statement,
            Position = line.Scope.Position,
            Code = medicine,
            Date = delivered,
            Status = "completed",
            Author = line.Provider,
            Value = quantity is null ? null : new EntryValue { Number = quantity.Number, Unit = quantity.UnitLabel, UnitCode = quantity.UcumUnit },
            Body = json =>
            {
                json.WriteString("status", "completed");
                json.RequiredConcept("medicationCodeableConcept", medicine);
                json.Actor("performer", line.Provider);
                quantity?.Write(json, "quantity");
                json.Time("whenHandedOver", delivered);
                json.Note(
                    "Délivrance remboursée par l'assurance maladie.", line.PrescribedBy,
                    line.IsOpened ? "Délivré à l'unité (déconditionné)." : null);
            },
        };
    }
}

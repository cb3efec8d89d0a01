using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction.Reimbursement;

/// <summary>A vaccine that was paid for: a report of an injection, not its witness (<c>primarySource: false</c>).</summary>
internal static class ReimbursedVaccine
{
    private const string Origin = "Remboursement par l'assurance maladie : vaccin payé, injection non constatée";

    internal static Fact? Read(ReimbursedLine line)
    {
        var vaccine = line.Named(MedicineReader.Read(line.Statement, line.Scope));
        if (vaccine.IsEmpty)
            return null;
        var delivered = ReimbursedLine.ToDay(line.Delivered);
        var status = line.Statement.IsNegated() ? "not-done" : "completed";
        return new Fact
        {
            ResourceType = "Immunization",
            Category = EntryCategory.Immunization,
            Source = line.Statement,
            Position = line.Scope.Position,
            Code = vaccine,
            Date = delivered,
            Status = status,
            Author = line.Provider,
            PatientProperty = "patient",
            Body = json =>
            {
                json.WriteString("status", status);
                json.RequiredConcept("vaccineCode", vaccine);
                if (delivered is null)
                    json.WriteString("occurrenceString", "Date inconnue");
                json.Time("occurrenceDateTime", delivered);
                json.WriteBoolean("primarySource", false);
                json.Concept("reportOrigin", new Concept([], Origin));
                json.Actor("performer", line.Provider);
                json.Note(line.PrescribedBy);
            },
        };
    }
}

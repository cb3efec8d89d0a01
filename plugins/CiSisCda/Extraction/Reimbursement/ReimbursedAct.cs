using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction.Reimbursement;

/// <summary>
/// An act that was paid for. One of biology or radiology proves that an exam was done and nothing of what it found: a Procedure that says so, never
/// a result or an image.
/// </summary>
internal static class ReimbursedAct
{
    private const string Radiology = "18726-0";
    private const string Biology = "26436-6";

    internal static Fact? Read(ReimbursedLine line)
    {
        var act = line.Named(line.Scope.Concepts.Read(line.Statement.Part("code")));
        if (act.IsEmpty)
            return null;
        var start = ReimbursedLine.ToDay(line.Start);
        var end = ReimbursedLine.ToDay(line.End);
        var (kind, note) = act.HasSystem(CodeSystems.Nabm) || line.Scope.SectionCode.Has(Biology)
            ? ("Acte de biologie remboursé", "Acte payé par l'assurance maladie : l'examen a été fait, son résultat n'est pas connu ici.")
            : line.Scope.SectionCode.Has(Radiology)
                ? ("Acte d'imagerie remboursé", "Acte payé par l'assurance maladie : l'examen a été fait, son compte rendu n'est pas connu ici.")
                : ("Acte remboursé", "Acte payé par l'assurance maladie.");
        return new Fact
        {
            ResourceType = "Procedure",
            Category = EntryCategory.Procedure,
            Source = line.Statement,
            Position = line.Scope.Position,
            Code = act,
            Date = start,
            Status = "completed",
            Author = line.Provider,
            Body = json =>
            {
                json.WriteString("status", "completed");
                json.Concept("category", new Concept([], kind));
                json.RequiredConcept("code", act);
                if (end is not null)
                    json.Period("performedPeriod", start, end);
                else
                    json.Time("performedDateTime", start);
                json.Actor("performer", line.Provider);
                json.Note(note);
            },
        };
    }
}

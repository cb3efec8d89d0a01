using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction.Reimbursement;

/// <summary>A stay that was paid for: the Encounter the hospital may hold too, by structure and day of entry.</summary>
internal static class ReimbursedStay
{
    internal static Fact? Read(ReimbursedLine line)
    {
        var code = line.Statement.Part("code");
        var stay = line.Named(line.Scope.Concepts.Read(code));
        var start = ReimbursedLine.ToDay(line.Start);
        var end = ReimbursedLine.ToDay(line.End);
        if (stay.IsEmpty && start is null)
            return null;
        // Beside the class of the stay, the group it was paid by (GHM) stands as a qualifier.
        var groups = code.Parts("qualifier").SelectMany(qualifier => line.Scope.Concepts.Read(qualifier.Part("value")).Codings);
        stay = stay with { Codings = [.. stay.Codings, .. groups] };
        var kind = stay.Codings.FirstOrDefault(coding => coding.System == CodeSystems.ActCode)?.Code ?? "IMP";
        return new Fact
        {
            ResourceType = "Encounter",
            Category = EntryCategory.Encounter,
            Source = line.Statement,
            Position = line.Scope.Position,
            Code = stay,
            Fallback = line.Scope.SectionTitle,
            Date = start,
            Status = "finished",
            Author = line.Provider,
            Body = json =>
            {
                json.WriteString("status", "finished");
                json.WritePropertyName("class");
                json.Coding(new Coding(CodeSystems.ActCode, kind));
                json.Concepts("type", stay);
                json.Period("period", start, end);
                json.Structure("serviceProvider", line.Provider);
            },
        };
    }
}

using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Audit;

namespace DmpFederation.Hub.Federation;

/// <summary>What the audit keeps of a request for dossiers: a line per patient.</summary>
internal static class DossierLines
{
    public static IReadOnlyList<AuditRecord> Of(GetDossiers request, IReadOnlyList<DossierResult> results)
    {
        var actor = AuditedActor.Of(request.Actor);
        var lines = new AuditRecord[results.Count];
        for (var index = 0; index < lines.Length; index++)
        {
            var line = Line(request, actor, index);
            lines[index] = results[index] switch
            {
                DossierAnswer answer => WithEntries(line, answer, request.Decisions[index]) with
                {
                    Rule = request.Decisions[index].RuleId,
                    Ticket = answer.Ticket?.Id,
                    Mode = answer.Ticket is { } ticket ? EmergencyModeCode.Of(ticket.Mode) : null,
                    Reason = answer.Ticket?.Reason,
                    Sources = Sources(answer),
                },
                DossierRefused refused => line with
                {
                    Action = AuditAction.DossierRefused,
                    Outcome = AuditOutcome.Refused,
                    Code = refused.Code,
                    Rule = refused.RuleId,
                    Ticket = request.Ticket,
                },
                _ => throw new InvalidOperationException("The family of dossier results is closed."),
            };
        }
        return lines;
    }

    public static IReadOnlyList<AuditRecord> Attempted(GetDossiers request)
    {
        var actor = AuditedActor.Of(request.Actor);
        return [.. request.Patients.Select((_, index) => Line(request, actor, index) with { Ticket = request.Ticket })];
    }

    private static AuditRecord Line(GetDossiers request, AuditActor actor, int index) => new()
    {
        Action = AuditAction.DossierRead,
        Actor = actor,
        Patient = request.Patients[index],
        Purpose = AuditCode.Of(request.Purpose ?? DefaultPurpose.Of(request.Actor.Role)),
        Confidential = request.Actor.IsConfidential,
    };

    private static AuditedSource[] Sources(DossierAnswer answer)
    {
        var sources = new AuditedSource[answer.Sources.Count];
        for (var index = 0; index < sources.Length; index++)
        {
            var source = answer.Sources[index];
            sources[index] = new AuditedSource(source.SourceId, AuditCode.Of(source.Status), source.Reason);
        }
        return sources;
    }

    /// <summary>The facts of every page, each once; those the patient may not see yet stand last, and the line says how many they are.</summary>
    private static AuditRecord WithEntries(AuditRecord line, DossierAnswer answer, AccessDecision decision)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var page in answer.Pages.Values)
        {
            for (var index = 0; index < page.Facts.Count; index++)
                ids.Add(page.Facts[index].Id);
        }
        if (decision is not AccessDecision.Allowed { Access: { } access } || WithheldFacts.Of(access, answer.Entries) is not { Count: > 0 } withheld)
            return line with { Entries = AuditedEntries.Of(ids) };
        List<string> ordered = [.. ids.Where(id => !withheld.Contains(id)), .. ids.Where(withheld.Contains)];
        return line with { Entries = AuditedEntries.Of(ordered), Detail = AuditDetail.Withheld(ids.Count(withheld.Contains)) };
    }
}

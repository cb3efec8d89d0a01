using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Changes;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Identity;
using MediatR;

namespace DmpFederation.Hub.Federation.Masking;

/// <summary>Asks whether a reader sees an entry, and why: the same run an answer comes from says so.</summary>
/// <param name="Actor">Who asks: the patient, or the data protection officer.</param>
/// <param name="Patient">Whose dossier.</param>
/// <param name="EntryId">The entry.</param>
/// <param name="Viewer">The professional it is asked about; null for the asker's own sight.</param>
internal sealed record ExplainEntry(Actor Actor, Ins Patient, string EntryId, Actor? Viewer)
    : IRequest<ExplainResult>, IRequireExplanation, IAudited<ExplainResult>
{
    public ExplanationRights Rights { get; } = new();

    public IReadOnlyList<AuditRecord> Records(ExplainResult response)
    {
        var refused = response as ExplainResult.Refused;
        return [Attempted()[0].EndedAs(refused?.Code, refused?.RuleId)];
    }

    public IReadOnlyList<AuditRecord> Attempted() => [PolicyLines.Of(Actor, Patient, AuditAction.Explained, Viewer?.Id)];
}

/// <summary>The explanation, or why there is none. The family is closed.</summary>
internal abstract record ExplainResult
{
    private ExplainResult()
    {
    }

    internal sealed record Explained(EntryVerdict Verdict) : ExplainResult;

    internal sealed record Refused(string Code, string? RuleId) : ExplainResult;
}

internal sealed class ExplainEntryHandler(DossierReader reader) : IRequestHandler<ExplainEntry, ExplainResult>
{
    public async Task<ExplainResult> Handle(ExplainEntry request, CancellationToken cancellationToken)
    {
        if (request.Rights.Refusal is { } refused)
            return new ExplainResult.Refused(refused.Code, refused.RuleId);
        // Whoever may not read the dossier at all sees no entry of it, whether it exists or not.
        if (request.Rights.Viewer is AccessDecision.Refused unread)
            return new ExplainResult.Explained(new EntryVerdict(false, unread.RuleId));
        var viewer = ((AccessDecision.Allowed)request.Rights.Viewer).Access!;
        return await reader.ExplainAsync(request.Patient, viewer, request.Rights.Asker, request.EntryId, cancellationToken) is { } verdict
            ? new ExplainResult.Explained(verdict)
            : new ExplainResult.Refused("NOT_FOUND", "ENTRY_UNKNOWN");
    }
}

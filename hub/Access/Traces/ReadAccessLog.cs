using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using MediatR;

namespace DmpFederation.Hub.Access.Traces;

/// <summary>Reads who did what with a patient's dossier, newest first. Reading it leaves a line too.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="Patient">Whose dossier.</param>
/// <param name="First">Most lines.</param>
/// <param name="After">Last line of the page before; null from the newest.</param>
internal sealed record ReadAccessLog(Actor Actor, Ins Patient, int First, AuditPosition? After)
    : IRequest<AccessLogResult>, IRequireAccessLog, IAudited<AccessLogResult>
{
    public AccessLogPermission Permission { get; } = new();

    public IReadOnlyList<AuditRecord> Records(AccessLogResult response) => response switch
    {
        AccessLogResult.Page page => [Line with { Rule = page.RuleId, Detail = FormattableString.Invariant($"LINES={page.Lines.Count}") }],
        AccessLogResult.Refused refused =>
            [Line with { Outcome = AuditOutcome.Refused, Code = AccessDecision.Refused.AccessRefused, Rule = refused.RuleId }],
        _ => throw new InvalidOperationException("The family of access log results is closed."),
    };

    public IReadOnlyList<AuditRecord> Attempted() => [Line];

    private AuditRecord Line => new()
    {
        Action = AuditAction.AccessLogRead,
        Actor = AuditedActor.Of(Actor),
        Patient = Patient,
        Purpose = AuditCode.Of(DefaultPurpose.Of(Actor.Role)),
        Confidential = Actor.IsConfidential,
    };
}

/// <summary>The lines, or the refusal. The family is closed.</summary>
internal abstract record AccessLogResult
{
    private AccessLogResult()
    {
    }

    /// <param name="Lines">Newest first.</param>
    /// <param name="HasNext">Whether older lines follow.</param>
    /// <param name="RuleId">The rule that allowed it.</param>
    internal sealed record Page(IReadOnlyList<AuditLine> Lines, bool HasNext, string RuleId) : AccessLogResult
    {
        /// <summary>Who reads them: which facts were read, and how many, could tell of those hidden from the reader.</summary>
        public required LogReader Reader { get; init; }
    }

    /// <param name="RuleId">The rule that refused.</param>
    internal sealed record Refused(string RuleId) : AccessLogResult;
}

internal sealed class ReadAccessLogHandler(IAuditReader audit, ICertifiedIdentities identities) : IRequestHandler<ReadAccessLog, AccessLogResult>
{
    public async Task<AccessLogResult> Handle(ReadAccessLog request, CancellationToken cancellationToken)
    {
        if (request.Permission.Decision is { Allowed: false } refused)
            return new AccessLogResult.Refused(refused.RuleId);
        var certified = (await identities.FindAsync(request.Patient, cancellationToken)).Traits?.Keys ?? [];
        IReadOnlyList<PatientKey> keys = [.. certified.Append(request.Patient.Key).Distinct()];
        var reader = request.Actor switch
        {
            { Role: ActorRole.Dpo } => LogReader.Officer,
            { Representative: null } => LogReader.Patient,
            _ => LogReader.Representative,
        };
        var page = await audit.PageAsync(keys, reader, request.First, request.After, cancellationToken);
        return new AccessLogResult.Page(page.Lines, page.HasNext, request.Permission.Decision.RuleId) { Reader = reader };
    }
}

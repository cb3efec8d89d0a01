using System.Buffers.Text;
using System.Security.Cryptography;
using DmpFederation.Hub.Access.Changes;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Identity;
using MediatR;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Access.BreakGlass;

/// <summary>
/// Opens an access without the patient's authorisation. The ticket, the notice to the patient and the entry in the review queue are written in one
/// transaction, before anything can be read with it.
/// </summary>
/// <param name="Actor">The professional.</param>
/// <param name="Patient">Whose dossier.</param>
/// <param name="Mode">bris_de_glace or centre_15.</param>
/// <param name="Reason">What the professional wrote; shown to the patient and the reviewer.</param>
/// <param name="Minutes">How long.</param>
/// <param name="Sources">Source ids it is limited to; empty for all.</param>
internal sealed record OpenBreakGlass(Actor Actor, Ins Patient, EmergencyMode Mode, string Reason, int Minutes, IReadOnlyList<string> Sources)
    : IRequest<BreakGlassResult>, IRequirePolicyDecision, IAudited<BreakGlassResult>
{
    /// <summary>Fewest characters of a reason: a dot is none.</summary>
    public const int ShortestReason = 10;

    public const int LongestReason = 500;

    public PolicyChange? Change => null;

    public EmergencyMode? Emergency => Mode;

    public PolicyPermission Permission { get; } = new();

    public bool Changes => true;

    public IReadOnlyList<AuditRecord> Records(BreakGlassResult response) => response switch
    {
        BreakGlassResult.Opened opened => [Attempted()[0] with { Rule = Permission.Decision.RuleId, Ticket = opened.Ticket.Id }],
        BreakGlassResult.Refused refused => [Attempted()[0] with
        {
            Action = AuditAction.BreakGlassRefused,
            Outcome = AuditOutcome.Refused,
            Code = refused.Code,
            Rule = refused.RuleId,
        }],
        _ => throw new InvalidOperationException("The family of break-glass results is closed."),
    };

    public IReadOnlyList<AuditRecord> Attempted() =>
    [
        PolicyLines.Of(Actor, Patient, AuditAction.BreakGlassOpened, null) with
        {
            Purpose = AuditCode.Of(Purpose.Emergency),
            Mode = EmergencyModeCode.Of(Mode),
            Reason = Reason,
        },
    ];
}

/// <summary>The ticket, or why there is none. The family is closed.</summary>
internal abstract record BreakGlassResult
{
    private BreakGlassResult()
    {
    }

    internal sealed record Opened(BreakGlassTicket Ticket) : BreakGlassResult;

    internal sealed record Refused(string Code, string RuleId) : BreakGlassResult;
}

internal sealed class OpenBreakGlassHandler(PolicyWriter writer, IOptions<AccessOptions> options, TimeProvider clock)
    : IRequestHandler<OpenBreakGlass, BreakGlassResult>
{
    private const int IdBytes = 24;

    public async Task<BreakGlassResult> Handle(OpenBreakGlass request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var ticket = new BreakGlassTicket
        {
            Id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes)),
            Mode = request.Mode,
            Professional = request.Actor.Id,
            Organization = request.Actor.OrganizationId,
            Reason = request.Reason,
            Since = now,
            Until = now.AddMinutes(request.Minutes),
            Sources = request.Sources,
        };
        var change = new PolicyChange.OpenTicket(ticket, BreakGlassNotice.Of(ticket, request.Actor), now + options.Value.ReviewWithin);
        return await writer.WriteAsync(request.Permission.Decision, request.Patient, change, request.Actor, cancellationToken) switch
        {
            PolicyResult.Holds => new BreakGlassResult.Opened(ticket),
            PolicyResult.Refused refused => new BreakGlassResult.Refused(refused.Code, refused.RuleId),
            _ => throw new InvalidOperationException("The family of policy results is closed."),
        };
    }
}

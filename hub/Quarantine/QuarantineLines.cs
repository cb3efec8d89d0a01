using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;

namespace DmpFederation.Hub.Quarantine;

/// <summary>What the audit keeps of an operator's request about the quarantine: numbers of items, never whose they are.</summary>
internal static class QuarantineLines
{
    public static IReadOnlyList<AuditRecord> Of<T>(
        AuditAction action, Actor actor, Stewardship stewardship, QuarantineAnswer<T> answer, string? detail)
        where T : class =>
    [
        One(action, actor, detail) with
        {
            Outcome = answer.Refusal is null ? AuditOutcome.Served : AuditOutcome.Refused,
            Code = answer.Refusal?.Code,
            Rule = answer.Refusal?.Rule ?? stewardship.Decision.RuleId,
        },
    ];

    public static AuditRecord One(AuditAction action, Actor actor, string? detail) => new()
    {
        Action = action,
        Actor = AuditedActor.Of(actor),
        Purpose = AuditCode.Of(Purpose.Stewardship),
        Detail = detail,
    };
}

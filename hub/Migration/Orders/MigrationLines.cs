using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>What the audit keeps of an operator's request about migrations: sources and codes, nobody.</summary>
internal static class MigrationLines
{
    public static AuditRecord One(AuditAction action, Actor actor, string detail) => new()
    {
        Action = action,
        Actor = AuditedActor.Of(actor),
        Purpose = AuditCode.Of(Purpose.Stewardship),
        Detail = detail,
    };

    /// <summary>The line with how it ended, and with the evidence that was missing.</summary>
    public static AuditRecord Ended(AuditRecord line, Stewardship stewardship, MigrationRefusal? refusal)
    {
        var ended = line.EndedAs(refusal?.Code, refusal?.Rule ?? stewardship.Decision.RuleId) with
        {
            Rule = refusal?.Rule ?? stewardship.Decision.RuleId,
        };
        return refusal?.Missing is { Count: > 0 } missing
            ? ended with { Detail = $"{line.Detail};MISSING={string.Join(',', missing.SelectMany(static slice => slice.Codes).Distinct(StringComparer.Ordinal))}" }
            : ended;
    }
}

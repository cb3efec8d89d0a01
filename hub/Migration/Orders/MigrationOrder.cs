using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Migration.Slices;
using MediatR;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>What an operator orders of one source's migration.</summary>
/// <param name="Actor">Who orders it.</param>
/// <param name="SourceId">The source.</param>
/// <param name="Reason">In the operator's words, never about a person; null where none is asked for and none was given.</param>
internal abstract record MigrationOrder(Actor Actor, string SourceId, string? Reason)
    : IRequest<MigrationAnswer<MigrationStatus>>, IRequireStewardship, IAudited<MigrationAnswer<MigrationStatus>>
{
    /// <summary>Most characters of a reason.</summary>
    public const int LongestReason = 500;

    public StewardshipAct Act => StewardshipAct.Change;

    public Stewardship Stewardship { get; } = new();

    public bool Changes => true;

    /// <summary>The action its line is about.</summary>
    protected abstract AuditAction Action { get; }

    /// <summary>What the line says beside the source, coded; null for nothing.</summary>
    protected virtual string? Particulars => null;

    /// <summary>How the steps name who ordered them.</summary>
    public StepNote Note => new(Actor.Id, Reason, null);

    public IReadOnlyList<AuditRecord> Records(MigrationAnswer<MigrationStatus> response) =>
        [MigrationLines.Ended(Line(), Stewardship, response.Refusal)];

    public IReadOnlyList<AuditRecord> Attempted() => [Line()];

    private AuditRecord Line() =>
        MigrationLines.One(Action, Actor, Particulars is { } more ? $"SOURCE={SourceId};{more}" : $"SOURCE={SourceId}");

    /// <summary>Slices as a line names them; null for all of the source.</summary>
    protected static string? Named(IReadOnlyList<SliceId>? slices) => slices is null ? null : $"SLICES={string.Join(',', slices)}";
}

using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Identity.Links;
using DmpFederation.Sdk;
using MediatR;

namespace DmpFederation.Hub.Federation.Steward;

/// <summary>The disagreements at the asker's sources that wait for an identity steward, or have been settled; newest first.</summary>
internal sealed record ListIdentityWork(Actor Actor, IdentityWorkState? State, int First, long? After)
    : IRequest<RoleAnswer<IReadOnlyList<IdentityWorkItem>>>, IRequireStewardship, IAudited<RoleAnswer<IReadOnlyList<IdentityWorkItem>>>
{
    public StewardshipAct Act => StewardshipAct.Look;

    public Stewardship Stewardship { get; } = new();

    public IReadOnlyList<AuditRecord> Records(RoleAnswer<IReadOnlyList<IdentityWorkItem>> response) =>
        [Attempted()[0].EndedAs(response.Code, response.RuleId)];

    public IReadOnlyList<AuditRecord> Attempted() => [StewardLine.Of(Actor, AuditAction.IdentityWork, "LIST")];
}

internal sealed class ListIdentityWorkHandler(IIdentityWork work, ISourceRegistry registry)
    : IRequestHandler<ListIdentityWork, RoleAnswer<IReadOnlyList<IdentityWorkItem>>>
{
    public async Task<RoleAnswer<IReadOnlyList<IdentityWorkItem>>> Handle(ListIdentityWork request, CancellationToken cancellationToken) =>
        request.Stewardship.Decision is StewardshipDecision.Allowed { Region: var region }
            ? RoleAnswer<IReadOnlyList<IdentityWorkItem>>.Of(
                await work.ListAsync(registry.Current.IdsOf(region), request.State, request.First, request.After, cancellationToken))
            : RoleAnswer<IReadOnlyList<IdentityWorkItem>>.Refused(request.Stewardship.Decision.RuleId);
}

/// <summary>Settles one disagreement.</summary>
internal sealed record SettleIdentityWork(Actor Actor, long Id, IdentityWorkState State, string Comment)
    : IRequest<RoleAnswer<IdentityWorkItem>>, IRequireStewardship, IAudited<RoleAnswer<IdentityWorkItem>>
{
    public const int LongestComment = 1000;

    public StewardshipAct Act => StewardshipAct.Change;

    public Stewardship Stewardship { get; } = new();

    public bool Changes => true;

    public IReadOnlyList<AuditRecord> Records(RoleAnswer<IdentityWorkItem> response) =>
        [Attempted()[0].EndedAs(response.Code, response.RuleId)];

    public IReadOnlyList<AuditRecord> Attempted() => [StewardLine.Of(Actor, AuditAction.IdentityWork, $"{AuditCode.Of(State)};{Id}")];
}

internal sealed class SettleIdentityWorkHandler(IIdentityWork work, ISourceRegistry registry)
    : IRequestHandler<SettleIdentityWork, RoleAnswer<IdentityWorkItem>>
{
    public async Task<RoleAnswer<IdentityWorkItem>> Handle(SettleIdentityWork request, CancellationToken cancellationToken)
    {
        if (request.Stewardship.Decision is not StewardshipDecision.Allowed { Region: var region })
            return RoleAnswer<IdentityWorkItem>.Refused(request.Stewardship.Decision.RuleId);
        var sources = registry.Current.IdsOf(region);
        return await work.SettleAsync(request.Id, sources, request.State, request.Comment, request.Actor.Id, cancellationToken) is { } item
            ? RoleAnswer<IdentityWorkItem>.Of(item)
            : RoleAnswer<IdentityWorkItem>.NotFound;
    }
}

/// <summary>The links of the person behind an identifier, ended ones included. For those whose charge is every source.</summary>
internal sealed record ListIdentityLinks(Actor Actor, Ins Patient)
    : IRequest<RoleAnswer<IReadOnlyList<IdentityLink>>>, IRequireStewardship, IAudited<RoleAnswer<IReadOnlyList<IdentityLink>>>
{
    public StewardshipAct Act => StewardshipAct.Look;

    public Stewardship Stewardship { get; } = new();

    public IReadOnlyList<AuditRecord> Records(RoleAnswer<IReadOnlyList<IdentityLink>> response) =>
        [Attempted()[0].EndedAs(response.Code, response.RuleId)];

    public IReadOnlyList<AuditRecord> Attempted() => [StewardLine.Of(Actor, AuditAction.IdentityWork, "LINKS") with { Patient = Patient }];
}

internal sealed class ListIdentityLinksHandler(IIdentityLinks links) : IRequestHandler<ListIdentityLinks, RoleAnswer<IReadOnlyList<IdentityLink>>>
{
    public async Task<RoleAnswer<IReadOnlyList<IdentityLink>>> Handle(ListIdentityLinks request, CancellationToken cancellationToken)
    {
        if (LinkRules.RefusalOf(request.Stewardship.Decision) is { } rule)
            return RoleAnswer<IReadOnlyList<IdentityLink>>.Refused(rule);
        var person = await links.FindAsync(request.Patient.Key, cancellationToken);
        return RoleAnswer<IReadOnlyList<IdentityLink>>.Of(
            person is { } known ? await links.HistoryAsync(known, cancellationToken) : []);
    }
}

/// <summary>Links another identifier to the person behind one.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="Patient">An identifier of the person.</param>
/// <param name="Other">The other: an INS, or a local or regional number with its system.</param>
/// <param name="Status">How sure (RNIV).</param>
/// <param name="VerifiedBy">How it was verified.</param>
internal sealed record LinkIdentifier(Actor Actor, Ins Patient, PatientKey Other, IdentityStatus Status, string VerifiedBy)
    : IRequest<RoleAnswer<IReadOnlyList<IdentityLink>>>, IRequireStewardship, IAudited<RoleAnswer<IReadOnlyList<IdentityLink>>>
{
    public StewardshipAct Act => StewardshipAct.Change;

    public Stewardship Stewardship { get; } = new();

    public bool Changes => true;

    public IReadOnlyList<AuditRecord> Records(RoleAnswer<IReadOnlyList<IdentityLink>> response) =>
        [Attempted()[0].EndedAs(response.Code, response.RuleId)];

    public IReadOnlyList<AuditRecord> Attempted() => [StewardLine.Of(Actor, AuditAction.IdentityLinked, $"{Other.System};{AuditCode.Of(Status)};{VerifiedBy}") with { Patient = Patient }];
}

internal sealed class LinkIdentifierHandler(IIdentityLinks links) : IRequestHandler<LinkIdentifier, RoleAnswer<IReadOnlyList<IdentityLink>>>
{
    public async Task<RoleAnswer<IReadOnlyList<IdentityLink>>> Handle(LinkIdentifier request, CancellationToken cancellationToken)
    {
        if (LinkRules.RefusalOf(request.Stewardship.Decision) is { } rule)
            return RoleAnswer<IReadOnlyList<IdentityLink>>.Refused(rule);
        var person = await links.LinkAsync(
            [request.Patient.Key, request.Other], request.Status, request.VerifiedBy, request.Actor.Id, cancellationToken);
        return person is { } known
            ? RoleAnswer<IReadOnlyList<IdentityLink>>.Of(await links.HistoryAsync(known, cancellationToken))
            : RoleAnswer<IReadOnlyList<IdentityLink>>.Conflict("IDENTITY_LINKED_TO_OTHERS");
    }
}

/// <summary>Takes an identifier away from its person: at the next request it leads nowhere.</summary>
internal sealed record UnlinkIdentifier(Actor Actor, PatientKey Key, string Reason)
    : IRequest<RoleAnswer<IReadOnlyList<IdentityLink>>>, IRequireStewardship, IAudited<RoleAnswer<IReadOnlyList<IdentityLink>>>
{
    public const int LongestReason = 500;

    public StewardshipAct Act => StewardshipAct.Change;

    public Stewardship Stewardship { get; } = new();

    public bool Changes => true;

    public IReadOnlyList<AuditRecord> Records(RoleAnswer<IReadOnlyList<IdentityLink>> response) =>
        [Attempted()[0].EndedAs(response.Code, response.RuleId)];

    public IReadOnlyList<AuditRecord> Attempted() => [StewardLine.Of(Actor, AuditAction.IdentityUnlinked, Key.System) with { Patient = Ins.Parse($"{Key.System}|{Key.Value}", Key.System).Ins }];
}

internal sealed class UnlinkIdentifierHandler(IIdentityLinks links)
    : IRequestHandler<UnlinkIdentifier, RoleAnswer<IReadOnlyList<IdentityLink>>>
{
    public async Task<RoleAnswer<IReadOnlyList<IdentityLink>>> Handle(UnlinkIdentifier request, CancellationToken cancellationToken)
    {
        if (LinkRules.RefusalOf(request.Stewardship.Decision) is { } rule)
            return RoleAnswer<IReadOnlyList<IdentityLink>>.Refused(rule);
        var person = await links.FindAsync(request.Key, cancellationToken);
        if (person is not { } known || !await links.UnlinkAsync(request.Key, request.Actor.Id, request.Reason, cancellationToken))
            return RoleAnswer<IReadOnlyList<IdentityLink>>.NotFound;
        return RoleAnswer<IReadOnlyList<IdentityLink>>.Of(await links.HistoryAsync(known, cancellationToken));
    }
}

/// <summary>Who may look at links and change them: a region's operator answers for sources, not for national identities.</summary>
internal static class LinkRules
{
    /// <summary>The rule that refuses; null when allowed.</summary>
    public static string? RefusalOf(StewardshipDecision decision) => decision switch
    {
        StewardshipDecision.Allowed { Region: null } => null,
        StewardshipDecision.Allowed => AccessRules.LinksAreNational,
        _ => decision.RuleId,
    };
}

/// <summary>What the audit keeps of an identity steward's work.</summary>
internal static class StewardLine
{
    public static AuditRecord Of(Actor actor, AuditAction action, string detail) => new()
    {
        Action = action,
        Actor = AuditedActor.Of(actor),
        Purpose = AuditCode.Of(Purpose.Stewardship),
        Detail = detail,
    };
}

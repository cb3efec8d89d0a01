using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Identity.Links;
using DmpFederation.Sdk;
using MediatR;

namespace DmpFederation.Hub.Federation.Steward;

/// <summary>What an identity steward's request gave: a value, or why not.</summary>
internal sealed record StewardAnswer<T>(T? Value, string? Code, string? RuleId)
    where T : class
{
    public static StewardAnswer<T> Of(T value) => new(value, null, null);

    public static StewardAnswer<T> Refused(string rule) => new(null, AccessDecision.Refused.AccessRefused, rule);

    public static StewardAnswer<T> NotFound { get; } = new(null, "NOT_FOUND", null);

    public static StewardAnswer<T> Conflict(string rule) => new(null, "CONFLICT", rule);
}

/// <summary>The disagreements at the asker's sources that wait for an identity steward, or have been settled; newest first.</summary>
internal sealed record ListIdentityWork(Actor Actor, IdentityWorkState? State, int First, long? After)
    : IRequest<StewardAnswer<IReadOnlyList<IdentityWorkItem>>>, IRequireStewardship, IAudited<StewardAnswer<IReadOnlyList<IdentityWorkItem>>>
{
    public StewardshipAct Act => StewardshipAct.Look;

    public Stewardship Stewardship { get; } = new();

    public IReadOnlyList<AuditRecord> Records(StewardAnswer<IReadOnlyList<IdentityWorkItem>> response) =>
        [StewardLine.Ended(Attempted()[0], response.Code, response.RuleId)];

    public IReadOnlyList<AuditRecord> Attempted() => [StewardLine.Of(Actor, AuditAction.IdentityWork, "LIST")];
}

internal sealed class ListIdentityWorkHandler(IIdentityWork work, ISourceRegistry registry)
    : IRequestHandler<ListIdentityWork, StewardAnswer<IReadOnlyList<IdentityWorkItem>>>
{
    public async Task<StewardAnswer<IReadOnlyList<IdentityWorkItem>>> Handle(ListIdentityWork request, CancellationToken cancellationToken) =>
        request.Stewardship.Decision is StewardshipDecision.Allowed { Region: var region }
            ? StewardAnswer<IReadOnlyList<IdentityWorkItem>>.Of(
                await work.ListAsync(registry.Current.IdsOf(region), request.State, request.First, request.After, cancellationToken))
            : StewardAnswer<IReadOnlyList<IdentityWorkItem>>.Refused(request.Stewardship.Decision.RuleId);
}

/// <summary>Settles one disagreement.</summary>
internal sealed record SettleIdentityWork(Actor Actor, long Id, IdentityWorkState State, string Comment)
    : IRequest<StewardAnswer<IdentityWorkItem>>, IRequireStewardship, IAudited<StewardAnswer<IdentityWorkItem>>
{
    public const int LongestComment = 1000;

    public StewardshipAct Act => StewardshipAct.Change;

    public Stewardship Stewardship { get; } = new();

    public bool Changes => true;

    public IReadOnlyList<AuditRecord> Records(StewardAnswer<IdentityWorkItem> response) =>
        [StewardLine.Ended(Attempted()[0], response.Code, response.RuleId)];

    public IReadOnlyList<AuditRecord> Attempted() => [StewardLine.Of(Actor, AuditAction.IdentityWork, $"{AuditCode.Of(State)};{Id}")];
}

internal sealed class SettleIdentityWorkHandler(IIdentityWork work, ISourceRegistry registry)
    : IRequestHandler<SettleIdentityWork, StewardAnswer<IdentityWorkItem>>
{
    public async Task<StewardAnswer<IdentityWorkItem>> Handle(SettleIdentityWork request, CancellationToken cancellationToken)
    {
        if (request.Stewardship.Decision is not StewardshipDecision.Allowed { Region: var region })
            return StewardAnswer<IdentityWorkItem>.Refused(request.Stewardship.Decision.RuleId);
        var sources = registry.Current.IdsOf(region);
        return await work.SettleAsync(request.Id, sources, request.State, request.Comment, request.Actor.Id, cancellationToken) is { } item
            ? StewardAnswer<IdentityWorkItem>.Of(item)
            : StewardAnswer<IdentityWorkItem>.NotFound;
    }
}

/// <summary>The links of the person behind an identifier, ended ones included. For those whose charge is every source.</summary>
internal sealed record ListIdentityLinks(Actor Actor, Ins Patient)
    : IRequest<StewardAnswer<IReadOnlyList<IdentityLink>>>, IRequireStewardship, IAudited<StewardAnswer<IReadOnlyList<IdentityLink>>>
{
    public StewardshipAct Act => StewardshipAct.Look;

    public Stewardship Stewardship { get; } = new();

    public IReadOnlyList<AuditRecord> Records(StewardAnswer<IReadOnlyList<IdentityLink>> response) =>
        [StewardLine.Ended(Attempted()[0], response.Code, response.RuleId)];

    public IReadOnlyList<AuditRecord> Attempted() => [StewardLine.Of(Actor, AuditAction.IdentityWork, "LINKS") with { Patient = Patient }];
}

internal sealed class ListIdentityLinksHandler(IIdentityLinks links) : IRequestHandler<ListIdentityLinks, StewardAnswer<IReadOnlyList<IdentityLink>>>
{
    public async Task<StewardAnswer<IReadOnlyList<IdentityLink>>> Handle(ListIdentityLinks request, CancellationToken cancellationToken)
    {
        if (LinkRules.RefusalOf(request.Stewardship.Decision) is { } rule)
            return StewardAnswer<IReadOnlyList<IdentityLink>>.Refused(rule);
        var person = await links.FindAsync(request.Patient.Key, cancellationToken);
        return StewardAnswer<IReadOnlyList<IdentityLink>>.Of(
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
    : IRequest<StewardAnswer<IReadOnlyList<IdentityLink>>>, IRequireStewardship, IAudited<StewardAnswer<IReadOnlyList<IdentityLink>>>
{
    public StewardshipAct Act => StewardshipAct.Change;

    public Stewardship Stewardship { get; } = new();

    public bool Changes => true;

    public IReadOnlyList<AuditRecord> Records(StewardAnswer<IReadOnlyList<IdentityLink>> response) =>
        [StewardLine.Ended(Attempted()[0], response.Code, response.RuleId)];

    public IReadOnlyList<AuditRecord> Attempted() => [StewardLine.Of(Actor, AuditAction.IdentityLinked, $"{Other.System};{AuditCode.Of(Status)};{VerifiedBy}") with { Patient = Patient }];
}

internal sealed class LinkIdentifierHandler(IIdentityLinks links) : IRequestHandler<LinkIdentifier, StewardAnswer<IReadOnlyList<IdentityLink>>>
{
    public async Task<StewardAnswer<IReadOnlyList<IdentityLink>>> Handle(LinkIdentifier request, CancellationToken cancellationToken)
    {
        if (LinkRules.RefusalOf(request.Stewardship.Decision) is { } rule)
            return StewardAnswer<IReadOnlyList<IdentityLink>>.Refused(rule);
        var person = await links.LinkAsync(
            [request.Patient.Key, request.Other], request.Status, request.VerifiedBy, request.Actor.Id, cancellationToken);
        return person is { } known
            ? StewardAnswer<IReadOnlyList<IdentityLink>>.Of(await links.HistoryAsync(known, cancellationToken))
            : StewardAnswer<IReadOnlyList<IdentityLink>>.Conflict("IDENTITY_LINKED_TO_OTHERS");
    }
}

/// <summary>Takes an identifier away from its person: at the next request it leads nowhere.</summary>
internal sealed record UnlinkIdentifier(Actor Actor, PatientKey Key, string Reason)
    : IRequest<StewardAnswer<IReadOnlyList<IdentityLink>>>, IRequireStewardship, IAudited<StewardAnswer<IReadOnlyList<IdentityLink>>>
{
    public const int LongestReason = 500;

    public StewardshipAct Act => StewardshipAct.Change;

    public Stewardship Stewardship { get; } = new();

    public bool Changes => true;

    public IReadOnlyList<AuditRecord> Records(StewardAnswer<IReadOnlyList<IdentityLink>> response) =>
        [StewardLine.Ended(Attempted()[0], response.Code, response.RuleId)];

    public IReadOnlyList<AuditRecord> Attempted() => [StewardLine.Of(Actor, AuditAction.IdentityUnlinked, Key.System) with { Patient = Ins.Parse($"{Key.System}|{Key.Value}", Key.System).Ins }];
}

internal sealed class UnlinkIdentifierHandler(IIdentityLinks links)
    : IRequestHandler<UnlinkIdentifier, StewardAnswer<IReadOnlyList<IdentityLink>>>
{
    public async Task<StewardAnswer<IReadOnlyList<IdentityLink>>> Handle(UnlinkIdentifier request, CancellationToken cancellationToken)
    {
        if (LinkRules.RefusalOf(request.Stewardship.Decision) is { } rule)
            return StewardAnswer<IReadOnlyList<IdentityLink>>.Refused(rule);
        var person = await links.FindAsync(request.Key, cancellationToken);
        if (person is not { } known || !await links.UnlinkAsync(request.Key, request.Actor.Id, request.Reason, cancellationToken))
            return StewardAnswer<IReadOnlyList<IdentityLink>>.NotFound;
        return StewardAnswer<IReadOnlyList<IdentityLink>>.Of(await links.HistoryAsync(known, cancellationToken));
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

    public static AuditRecord Ended(AuditRecord line, string? code, string? rule) =>
        code is null ? line : line with { Outcome = AuditOutcome.Refused, Code = code, Rule = rule };
}

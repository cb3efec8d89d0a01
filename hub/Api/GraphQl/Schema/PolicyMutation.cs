using System.ComponentModel;
using DmpFederation.Hub.Access.BreakGlass;
using DmpFederation.Hub.Access.Changes;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Api.GraphQl.Execution;
using GraphQL;
using MediatR;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>What patients decide, and what professionals write down for them.</summary>
internal sealed partial class DossierMutation
{
    [Description(
        "Opens the dossier: the patient, or a professional who collected the consent and says what proves it. Also opens a closed one again.")]
    public static async Task<DossierStateView> OpenDossierAsync(
        [Description("The patient.")] InsArgument ins,
        [Description("Who collected the consent (PS_IdNat); left out: the asker.")] string? collectedBy,
        [Description("What proves it; required of a professional.")] string? evidence,
        IResolveFieldContext context,
        [FromServices] IMediator mediator,
        [FromServices] TimeProvider clock)
    {
        var consent = new Consent
        {
            Sequence = 0,
            Action = ConsentAction.Opening,
            Choice = ConsentChoice.Permit,
            Grantee = Grantee.Everyone,
            Since = clock.GetUtcNow(),
            CollectedBy = PolicyArgument.Text(collectedBy, "collectedBy", 200) ?? context.Actor().Id,
            Evidence = PolicyArgument.Text(evidence, "evidence", 500),
        };
        var holds = await ChangeAsync(ins, new PolicyChange.Open(consent), context, mediator);
        return new DossierStateView(holds.Patient, holds.Policy);
    }

    [Description("Closes the dossier: nobody reads it from then on. It is kept ten years and can be opened again meanwhile.")]
    public static async Task<DossierStateView> CloseDossierAsync(
        [Description("The patient.")] InsArgument ins,
        [Description("Why, 1 to 500 characters.")] string reason,
        IResolveFieldContext context,
        [FromServices] IMediator mediator)
    {
        var holds = await ChangeAsync(ins, new PolicyChange.Close(PolicyArgument.Text(reason, "reason", 500, 1)!), context, mediator);
        return new DossierStateView(holds.Patient, holds.Policy);
    }

    [Description(
        "Records a consent or a refusal. It holds from the next request on. A professional writes down what concerns the own person or structure.")]
    public static async Task<ConsentStateView> SetConsentAsync(
        [Description("The patient.")] InsArgument ins,
        [Description("The decision.")] ConsentInput input,
        IResolveFieldContext context,
        [FromServices] IMediator mediator,
        [FromServices] TimeProvider clock) =>
        await ConsentStateAsync(ins, new PolicyChange.Record(input.ToConsent(context.Actor().Id, clock.GetUtcNow())), context, mediator);

    [Description("Keeps a professional out, whatever consent says now or later. The patient alone.")]
    public static async Task<ConsentStateView> BlockProfessionalAsync(
        [Description("The patient.")] InsArgument ins,
        [Description("PS_IdNat.")][Id] string professional,
        IResolveFieldContext context,
        [FromServices] IMediator mediator) =>
        await ConsentStateAsync(ins, new PolicyChange.Block(PolicyArgument.Text(professional, "professional", 200, 1)!, true), context, mediator);

    [Description("Lets a blocked professional in again, as far as consent goes. The patient alone.")]
    public static async Task<ConsentStateView> UnblockProfessionalAsync(
        [Description("The patient.")] InsArgument ins,
        [Description("PS_IdNat.")][Id] string professional,
        IResolveFieldContext context,
        [FromServices] IMediator mediator) =>
        await ConsentStateAsync(ins, new PolicyChange.Block(PolicyArgument.Text(professional, "professional", 200, 1)!, false), context, mediator);

    [Description("Declares the médecin traitant, or takes the declaration back. The patient alone.")]
    public static async Task<ConsentStateView> DeclareAttendingPhysicianAsync(
        [Description("The patient.")] InsArgument ins,
        [Description("PS_IdNat; null takes the declaration back.")][Id] string? professional,
        IResolveFieldContext context,
        [FromServices] IMediator mediator) =>
        await ConsentStateAsync(ins, new PolicyChange.DeclareAttending(PolicyArgument.Text(professional, "professional", 200)), context, mediator);

    [Description(
        "Declares a member of the équipe de soins: a professional or a structure. A professional declares the own person or structure; the patient "
        + "any, and ends a membership with an `until` of now.")]
    public static async Task<ConsentStateView> DeclareCareTeamMemberAsync(
        [Description("The patient.")] InsArgument ins,
        [Description("PS_IdNat; exactly one of both.")][Id] string? professional,
        [Description("STRUCT_IdNat; exactly one of both.")][Id] string? organization,
        [Description("A member until then; left out: no end.")] DateTimeOffset? until,
        IResolveFieldContext context,
        [FromServices] IMediator mediator,
        [FromServices] TimeProvider clock)
    {
        var (person, structure) = (PolicyArgument.Text(professional, "professional", 200), PolicyArgument.Text(organization, "organization", 200));
        if (person is null == structure is null)
            throw new CodedError(ProblemMap.BadRequest("Name a professional or an organization.", "CARE_TEAM_MEMBER"));
        var member = new CareTeamMember(person, structure, clock.GetUtcNow(), until);
        return await ConsentStateAsync(ins, new PolicyChange.DeclareMember(member), context, mediator);
    }

    [Description("Opposes to emergency access, each mode by itself, or takes the opposition back. The patient alone.")]
    public static async Task<ConsentStateView> SetEmergencyOppositionAsync(
        [Description("The patient.")] InsArgument ins,
        [Description("Opposed to bris de glace; left out: as it is.")] bool? breakGlass,
        [Description("Opposed to access by the centre 15; left out: as it is.")] bool? regulation,
        IResolveFieldContext context,
        [FromServices] IMediator mediator) =>
        await ConsentStateAsync(ins, new PolicyChange.Oppose(breakGlass, regulation), context, mediator);

    [Cost(self: 200)]
    [Description(
        "Opens an access without the patient's authorisation. The patient is told at once and the access is reviewed. It lifts neither a mask nor a "
        + "block, and a dossier may refuse it by its charter.")]
    public static async Task<BreakGlassTicketView> BreakGlassAsync(
        [Description("The patient.")] InsArgument ins,
        [Description("The mode.")] EmergencyMode mode,
        [Description("Why, 10 to 500 characters. The patient reads it.")] string reason,
        [Description("How long.")][DefaultAstValue("60")] int? minutes,
        [Description("Dossiers wanted; left out: all that accept it.")][Id] IReadOnlyList<string>? sources,
        IResolveFieldContext context,
        [FromServices] IMediator mediator,
        [FromServices] Microsoft.Extensions.Options.IOptions<Access.AccessOptions> options)
    {
        var longest = options.Value.LongestBreakGlass;
        var time = minutes ?? Math.Min(60, longest);
        if (time < 1 || time > longest)
            throw new CodedError(ProblemMap.BadRequest($"Argument 'minutes' must lie between 1 and {longest}.", "MINUTES"));
        var why = PolicyArgument.Text(reason, "reason", OpenBreakGlass.LongestReason, OpenBreakGlass.ShortestReason)!;
        var request = new OpenBreakGlass(context.Actor(), PolicyArgument.Patient(ins), mode, why, time, sources ?? []);
        return await mediator.Send(request, context.CancellationToken) switch
        {
            BreakGlassResult.Opened opened => new BreakGlassTicketView(opened.Ticket),
            BreakGlassResult.Refused refused => throw new CodedError(ProblemMap.Refused(refused.Code, refused.RuleId)),
            _ => throw new InvalidOperationException("The family of break-glass results is closed."),
        };
    }

    [Description("Says what the review of a break-glass access found. Data protection officer.")]
    public static async Task<BreakGlassReviewView> ReviewBreakGlassAsync(
        [Description("The ticket.")][Id] string ticket,
        [Description("JUSTIFIED or UNJUSTIFIED.")] ReviewOutcome outcome,
        [Description("Why, 1 to 1,000 characters.")] string comment,
        IResolveFieldContext context,
        [FromServices] IMediator mediator)
    {
        if (outcome == ReviewOutcome.Pending)
            throw new CodedError(ProblemMap.BadRequest("Argument 'outcome' must be JUSTIFIED or UNJUSTIFIED.", "OUTCOME"));
        var text = PolicyArgument.Text(comment, "comment", SettleBreakGlassReview.LongestComment, 1)!;
        var answer = await mediator.Send(new SettleBreakGlassReview(context.Actor(), ticket, outcome, text), context.CancellationToken);
        return new BreakGlassReviewView(answer.Value ?? throw new CodedError(ProblemMap.Refused(answer.Code!, answer.RuleId)));
    }

    private static async Task<ConsentStateView> ConsentStateAsync(
        InsArgument ins, PolicyChange change, IResolveFieldContext context, IMediator mediator)
    {
        var holds = await ChangeAsync(ins, change, context, mediator);
        return new ConsentStateView(holds.Patient, holds.Policy, context.Actor());
    }

    private static async Task<PolicyResult.Holds> ChangeAsync(
        InsArgument ins, PolicyChange change, IResolveFieldContext context, IMediator mediator) =>
        await mediator.Send(new ChangePolicy(context.Actor(), PolicyArgument.Patient(ins), change), context.CancellationToken) switch
        {
            PolicyResult.Holds holds => holds,
            PolicyResult.Refused refused => throw new CodedError(ProblemMap.Refused(refused.Code, refused.RuleId)),
            _ => throw new InvalidOperationException("The family of policy results is closed."),
        };
}

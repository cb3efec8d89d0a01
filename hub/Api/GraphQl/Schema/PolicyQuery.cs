using System.ComponentModel;
using DmpFederation.Hub.Access.BreakGlass;
using DmpFederation.Hub.Access.Changes;
using DmpFederation.Hub.Api.GraphQl.Execution;
using GraphQL;
using MediatR;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>What patients ask about their own decisions, and the data protection officer about break-glass.</summary>
internal sealed partial class DossierQuery
{
    [Description("What the patient decided. The patient alone.")]
    public static async Task<ConsentStateView> ConsentStateAsync(
        [Description("The patient.")] InsArgument ins, IResolveFieldContext context, [FromServices] IMediator mediator) =>
        await mediator.Send(new ReadPolicy(context.Actor(), PolicyArgument.Patient(ins)), context.CancellationToken) switch
        {
            PolicyResult.Holds holds => new ConsentStateView(holds.Patient, holds.Policy, context.Actor()),
            PolicyResult.Refused refused => throw new CodedError(ProblemMap.Refused(refused.Code, refused.RuleId)),
            _ => throw new InvalidOperationException("The family of policy results is closed."),
        };

    [Cost(items: 50, SizedBy = "first")]
    [Description("What the patient was told, newest first. The patient alone.")]
    public static async Task<IReadOnlyList<PatientNoticeView>> NoticesAsync(
        [Description("The patient.")] InsArgument ins,
        [Description("At most so many, 1 to 500.")][DefaultAstValue("50")] int? first,
        IResolveFieldContext context,
        [FromServices] IMediator mediator)
    {
        var request = new ReadNotices(context.Actor(), PolicyArgument.Patient(ins), DossierView.PageSize(first));
        var result = await mediator.Send(request, context.CancellationToken);
        return result.Refused is { } refused
            ? throw new CodedError(ProblemMap.Refused(refused.Code, refused.RuleId))
            : [.. result.Notices!.Select(static notice => new PatientNoticeView(notice))];
    }

    [Cost(items: 50, SizedBy = "first")]
    [Description("Break-glass accesses to be reviewed, or reviewed, most urgent deadline first. Data protection officer.")]
    public static async Task<IReadOnlyList<BreakGlassReviewView>> BreakGlassReviewsAsync(
        [Description("Only these; left out: all.")] ReviewOutcome? outcome,
        [Description("At most so many, 1 to 500.")][DefaultAstValue("50")] int? first,
        [Description("`ticketId` of the last one of the page before.")][Id] string? after,
        IResolveFieldContext context,
        [FromServices] IMediator mediator)
    {
        var request = new ListBreakGlassReviews(context.Actor(), outcome, DossierView.PageSize(first), after);
        var answer = await mediator.Send(request, context.CancellationToken);
        return answer.Value is { } reviews
            ? [.. reviews.Select(static review => new BreakGlassReviewView(review))]
            : throw new CodedError(ProblemMap.Refused(answer.Code!, answer.RuleId));
    }
}

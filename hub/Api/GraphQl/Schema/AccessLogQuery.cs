using System.ComponentModel;
using DmpFederation.Hub.Access.Traces;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Audit;
using GraphQL;
using MediatR;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>What patients ask about accesses to their dossier.</summary>
internal sealed partial class DossierQuery
{
    [Scoped]
    [Cost(items: 50, SizedBy = "first")]
    [Description("Who did what with this patient's dossier, newest first. For the patient and the data protection officer. Reading it leaves a line too.")]
    public static async Task<AccessLogView> AccessLogAsync(
        [Description("The patient.")] InsArgument ins,
        [Description("Size of the page, 1 to 500.")][DefaultAstValue("50")] int? first,
        [Description("`endCursor` of the page before.")][Id] string? after,
        IResolveFieldContext context,
        [FromServices] IMediator mediator)
    {
        var patient = PolicyArgument.Patient(ins);
        var size = DossierView.PageSize(first);
        AuditPosition? position = null;
        if (after is not null)
        {
            position = AccessLogCursor.TryParse(after, out var given)
                ? given
                : throw new CodedError(ProblemMap.BadRequest("Argument 'after' is not a cursor of this list.", "CURSOR"));
        }

        return await mediator.Send(new ReadAccessLog(context.Actor(), patient, size, position), context.CancellationToken) switch
        {
            AccessLogResult.Page page => new AccessLogView(page),
            AccessLogResult.Refused refused => throw new CodedError(ProblemMap.AccessRefused(refused.RuleId)),
            _ => throw new InvalidOperationException("The family of access log results is closed."),
        };
    }
}

using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Identity.Links;
using DmpFederation.Hub.Migration;
using GraphQL;
using GraphQL.Execution;

namespace DmpFederation.Hub.Api.GraphQl.Execution;

/// <summary>
/// The catch-all of the GraphQL border. The client gets a correlation id, the log gets that id and the type of the fault: its message may
/// name a patient.
/// </summary>
internal sealed class UnforeseenFaults(ILogger<UnforeseenFaults> logger)
{
    public ExecutionError ToError(Exception fault)
    {
        switch (fault)
        {
            case ExecutionError coded:
                return coded;
            case AuditUnavailableException audit:
                return new CodedError(ProblemMap.AuditUnavailable(audit.Code));
            case PolicyUnavailableException policy:
                return new CodedError(ProblemMap.PolicyUnavailable(policy.Code));
            case IdentityStoreUnavailableException identity:
                return new CodedError(ProblemMap.PolicyUnavailable(identity.Code));
            case MigrationUnavailableException migration:
                return new CodedError(ProblemMap.MigrationUnavailable(migration.Code));
        }
        var correlationId = Correlation.Current;
        logger.RequestFailed(correlationId, fault.GetType().Name);
        return new CodedError(ProblemMap.Internal(correlationId));
    }

    public Task HandleAsync(UnhandledExceptionContext context)
    {
        context.Exception = ToError(context.OriginalException);
        return Task.CompletedTask;
    }
}

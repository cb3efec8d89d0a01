using MediatR;

namespace DmpFederation.Hub.Audit;

/// <summary>
/// Writes down what a request did before its answer goes anywhere. Runs inside the deciding behaviour, so that the lines know the decisions. An
/// answer that cannot be written down is not given: where the transport holds it back (<see cref="AnswerGate"/>), it is made meanwhile.
/// </summary>
internal sealed class AuditBehaviour<TRequest, TResponse>(IAuditTrail trail) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    private const string CallerLeft = "CALLER_LEFT";
    private const string Fault = "INTERNAL";

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (request is not IAudited<TResponse> audited)
            return await next();
        if (audited.Changes)
            await trail.ProbeAsync(cancellationToken);
        TResponse response;
        Task written;
        trail.Expect();
        try
        {
            response = await next();
            written = AppendAsync(audited.Records(response));
        }
        catch (Exception fault) when (fault is not AuditUnavailableException)
        {
            // Sources may have been asked: also what nobody was answered is written down.
            var code = fault is OperationCanceledException && cancellationToken.IsCancellationRequested ? CallerLeft : Fault;
            await AppendAsync([.. audited.Attempted().Select(record => record with { Outcome = AuditOutcome.Failed, Code = code })]);
            throw;
        }
        finally
        {
            trail.Came();
        }
        // Whoever changed something is told so only after the line: a caller may act on it at once.
        if (audited.Changes || !AnswerGate.TryFind(out var gate) || !gate.TryHoldFor(written))
            await written;
        return response;
    }

    /// <summary>Not cancelled with the caller: what was done was done.</summary>
    private Task AppendAsync(IReadOnlyList<AuditRecord> records) =>
        records.Count == 0 ? Task.CompletedTask : trail.AppendAsync(records, CancellationToken.None);
}

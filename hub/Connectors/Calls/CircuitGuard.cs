using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;
using Polly;
using Polly.CircuitBreaker;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>Leaves a source alone for a moment after it failed repeatedly: the answer then names it at once instead of at the deadline.</summary>
internal sealed class CircuitGuard(ISourceReader inner) : ISourceReader
{
    public Task<SourceOutcome> ReadAsync(Source source, ReadRequest request, TimeSpan deadline, CancellationToken cancellationToken) =>
        RunAsync(
            source.Connection!.ReadCircuit,
            (inner, source, request, deadline),
            static (state, token) => state.inner.ReadAsync(state.source, state.request, state.deadline, token),
            static state => new SourceOutcome { Source = state.source, Status = SourceStatus.CircuitOpen, Reason = CallReasons.CircuitOpen },
            cancellationToken);

    /// <summary>Runs a call through a circuit without throwing for an open one.</summary>
    public static async Task<T> RunAsync<T, TState>(
        ResiliencePipeline<T> circuit,
        TState state,
        Func<TState, CancellationToken, Task<T>> call,
        Func<TState, T> whenOpen,
        CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            var result = await circuit.ExecuteOutcomeAsync(
                static async (context, state) =>
                {
                    try
                    {
                        return Outcome.FromResult(await state.call(state.state, context.CancellationToken));
                    }
                    catch (Exception callerGone)
                    {
                        return Outcome.FromException<T>(callerGone);
                    }
                },
                context,
                (call, state));
            if (result.Exception is BrokenCircuitException)
                return whenOpen(state);
            result.ThrowIfException();
            return result.Result!;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }
}

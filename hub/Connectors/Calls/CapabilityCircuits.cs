using DmpFederation.Hub.Federation;
using Polly;
using Polly.CircuitBreaker;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>One circuit per capability of a source: a slow identity lookup does not shut reading.</summary>
internal sealed class CapabilityCircuits
{
    /// <summary>Name of writing in logs and metrics.</summary>
    public const string WriteCapability = "write";

    public CapabilityCircuits(string sourceId, CircuitOptions options, TimeProvider clock, ILogger logger)
    {
        Read = Build<SourceOutcome>(sourceId, "read", static outcome => Failed(outcome.Status, outcome.Reason), options, clock, logger);
        Identity = Build<IdentityOutcome>(sourceId, "identity", static outcome => Failed(outcome.Status, outcome.Reason), options, clock, logger);
        Write = Build<WriteOutcome>(
            sourceId, WriteCapability, static outcome => outcome is { IsFinal: false, Code: not CallReasons.Busy }, options, clock, logger);
    }

    public ResiliencePipeline<SourceOutcome> Read { get; }

    public ResiliencePipeline<IdentityOutcome> Identity { get; }

    /// <summary>A write that was refused for what it says is an answer: it opens nothing.</summary>
    public ResiliencePipeline<WriteOutcome> Write { get; }

    /// <summary>Waiting for a slot of our own is not the source's fault.</summary>
    private static bool Failed(SourceStatus status, string? reason) =>
        status is SourceStatus.TimedOut or SourceStatus.Failed && reason != CallReasons.Busy;

    private static ResiliencePipeline<T> Build<T>(
        string sourceId, string capability, Func<T, bool> failed, CircuitOptions options, TimeProvider clock, ILogger logger) =>
        new ResiliencePipelineBuilder<T> { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<T>
            {
                FailureRatio = options.FailureRatio,
                MinimumThroughput = options.MinimumCalls,
                SamplingDuration = options.Sampling,
                BreakDuration = options.Break,
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Result is { } outcome && failed(outcome)),
                OnOpened = _ =>
                {
                    logger.CircuitOpened(sourceId, capability);
                    return default;
                },
                OnClosed = _ =>
                {
                    logger.CircuitClosed(sourceId, capability);
                    return default;
                },
            })
            .Build();
}

using System.Buffers;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Api.GraphQl.Execution;
using GraphQL;
using GraphQLParser.AST;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Api.GraphQl.Transport.Live;

/// <summary>One answer on its way over an open connection.</summary>
/// <param name="Json">The answer as GraphQL over HTTP would give it.</param>
/// <param name="IsRefused">Nothing was executed: it holds errors alone.</param>
internal readonly record struct LiveAnswer(ReadOnlyMemory<byte> Json, bool IsRefused);

/// <summary>A client takes its answers slower than they come.</summary>
internal sealed class SlowClientException() : Exception("A client took its answers too slowly.");

/// <summary>Runs one request over an open connection: a query or mutation gives one answer, a subscription one after each event.</summary>
internal sealed class LiveOperation(QueryRunner runner, UnforeseenFaults faults, IOptions<LiveOptions> options)
{
    /// <exception cref="SlowClientException">More answers wait than may.</exception>
    public async IAsyncEnumerable<LiveAnswer> RunAsync(
        GraphQlRequest request, Actor actor, IServiceProvider services, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        using var userContext = new GraphQlUserContext(actor);
        var result = await runner.RunAsync(request, userContext, scope.ServiceProvider, cancellationToken);
        if (result.Streams is not { Count: > 0 } streams)
        {
            // When one part of an answer could not be written down, no part of it is served.
            var unaudited = AnswerWriter.Unaudited(result);
            var answer = unaudited is null ? Print(result, userContext) : Refused(unaudited);
            // A subscription that gives no stream never began.
            yield return answer with { IsRefused = answer.IsRefused || result.Operation?.Operation == OperationType.Subscription };
            yield break;
        }
        var waiting = Channel.CreateBounded<ExecutionResult>(new BoundedChannelOptions(options.Value.MaxWaiting) { SingleReader = true });
        using var subscribed = streams.Values.Single().Subscribe(new Observer(waiting.Writer, faults));
        await foreach (var told in waiting.Reader.ReadAllAsync(cancellationToken))
            yield return Print(told, userContext);
    }

    public static LiveAnswer Refused(Problem problem)
    {
        var output = new ArrayBufferWriter<byte>();
        AnswerWriter.Write(output, problem);
        return new LiveAnswer(output.WrittenMemory, IsRefused: true);
    }

    private static LiveAnswer Print(ExecutionResult result, GraphQlUserContext userContext)
    {
        var output = new ArrayBufferWriter<byte>();
        AnswerWriter.Write(output, result, userContext.BreakGlass);
        return new LiveAnswer(output.WrittenMemory, IsRefused: !result.Executed);
    }

    private sealed class Observer(ChannelWriter<ExecutionResult> waiting, UnforeseenFaults faults) : IObserver<ExecutionResult>
    {
        public void OnNext(ExecutionResult value)
        {
            // Nobody waits for room: an event that finds none would make the memory grow instead.
            if (!waiting.TryWrite(value))
                waiting.TryComplete(new SlowClientException());
        }

        public void OnError(Exception error)
        {
            if (error is not OperationCanceledException)
                waiting.TryWrite(new ExecutionResult(faults.ToError(error)));
            waiting.TryComplete();
        }

        public void OnCompleted() => waiting.TryComplete();
    }
}

using System.Collections.Concurrent;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;

namespace DmpFederation.TestKit;

/// <summary>Sources at the reader's border that behave as a test says. Records every call.</summary>
internal sealed class FakeSourceReader : ISourceReader
{
    private readonly Dictionary<string, Func<ReadCall, Task<SourceOutcome>>> behaviours = [];

    /// <summary>Every call made, in any order.</summary>
    public ConcurrentBag<ReadCall> Calls { get; } = [];

    public FakeSourceReader Behave(string sourceId, Func<ReadCall, Task<SourceOutcome>> behaviour)
    {
        behaviours[sourceId] = behaviour;
        return this;
    }

    public Task<SourceOutcome> ReadAsync(Source source, ReadRequest request, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var call = new ReadCall(source, request, deadline, cancellationToken);
        Calls.Add(call);
        return behaviours[source.Id](call);
    }
}

/// <summary>One call a fake source received.</summary>
internal sealed record ReadCall(Source Source, ReadRequest Request, TimeSpan Deadline, CancellationToken CancellationToken)
{
    public SourceOutcome Outcome(SourceStatus status, string? reason, params IReadOnlyList<DossierEntry> entries) =>
        new() { Source = Source, Status = status, Reason = reason, Entries = entries, Elapsed = TimeSpan.FromMilliseconds(5) };
}

/// <summary>What fake sources do.</summary>
internal static class Behaviour
{
    /// <summary>Answers at once.</summary>
    public static Func<ReadCall, Task<SourceOutcome>> Answers(params DossierEntry[] entries) =>
        call => Task.FromResult(call.Outcome(SourceStatus.Answered, null, entries));

    /// <summary>Answers with an outcome of its own.</summary>
    public static Func<ReadCall, Task<SourceOutcome>> Ends(Func<ReadCall, SourceOutcome> outcome) => call => Task.FromResult(outcome(call));

    /// <summary>Never answers and ignores its token.</summary>
    public static Func<ReadCall, Task<SourceOutcome>> Hangs() => static _ => new TaskCompletionSource<SourceOutcome>().Task;

    /// <summary>Blocks the thread it is called on until the test ends.</summary>
    public static Func<ReadCall, Task<SourceOutcome>> Blocks(ManualResetEventSlim release) => call =>
    {
        release.Wait(CancellationToken.None);
        return Task.FromResult(call.Outcome(SourceStatus.Answered, null));
    };

    /// <summary>Breaks, although a reader never should.</summary>
    public static Func<ReadCall, Task<SourceOutcome>> Breaks(string message) => _ => throw new InvalidOperationException(message);

    /// <summary>Hands over at its deadline what has dripped in so far, as the reader's contract says.</summary>
    public static Func<ReadCall, Task<SourceOutcome>> Drips(TimeProvider clock, params DossierEntry[] arrived) => async call =>
    {
        await Task.Delay(call.Deadline, clock, call.CancellationToken);
        return call.Outcome(SourceStatus.Partial, SourceReason.Deadline, arrived);
    };
}

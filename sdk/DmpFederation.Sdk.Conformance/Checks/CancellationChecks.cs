using System.Diagnostics;
using DmpFederation.Sdk.Conformance.Fixtures;

namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary>A call ends within a second of its cancellation, wherever it is.</summary>
internal static class CancellationChecks
{
    private const int Attempts = 3;
    private const string ToFix = "Pass the CancellationToken to every await, and look at it in loops.";

    public static IReadOnlyList<Check> All { get; } =
    [
        new("CNF-401", "A read that is cancelled before it begins ends", ToFix, bench => BestOfAsync(bench, null, ReadAsync,
            alreadyCancelled: true)) { Needs = [ReadingChecks.ReadsRight] },
        new("CNF-402", "A read is cancelled while it waits for the first byte", ToFix, bench => BestOfAsync(bench, LegacyFaults.Hang, ReadAsync))
            { Needs = [ReadingChecks.ReadsRight] },
        new("CNF-403", "A read is cancelled half way through an answer", ToFix, bench => BestOfAsync(bench, LegacyFaults.Stall, ReadAsync))
            { Needs = [ReadingChecks.ReadsRight] },
        new("CNF-404", "A probe is cancelled while it waits", ToFix, bench => BestOfAsync(bench, LegacyFaults.Hang, async (one, session, token) =>
        {
            var end = await OpeningChecks.ProbeAsync(one, session, token);
            return end.Late;
        }))
        { Needs = ["CNF-203"] },
        new("CNF-405", "A read that is cancelled after its first entry ends", ToFix, AfterFirstAsync) { Needs = [ReadingChecks.ReadsRight] },
    ];

    private static async Task<bool> ReadAsync(Bench bench, Session session, CancellationToken cancellationToken)
    {
        var end = await bench.ReadAsync(session, Bench.Request(bench.Fixture.Patients.First(patient => patient.Entries.Count > 0)),
            cancellationToken);
        return end.Problem is not null;
    }

    private static async Task<Verdict> AfterFirstAsync(Bench bench)
    {
        var best = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < Attempts && best > bench.Options.CancellationLimit; attempt++)
        {
            await using var session = await bench.OpenAsync();
            using var cancellation = new CancellationTokenSource();
            var watch = new Stopwatch();
            var request = Bench.Request([.. bench.Fixture.Persons]);
            var end = await bench.CallAsync("ReadAsync after its cancellation", async token =>
            {
                await foreach (var _ in session.Connector!.ReadAsync(request, token).WithCancellation(token))
                {
                    watch.Start();
                    await cancellation.CancelAsync();
                }
                return true;
            }, cancellation.Token);
            if (end.Late)
                return Verdict.Fail(end.Problem("ReadAsync after its cancellation", bench.Deadline)!);
            best = watch.Elapsed < best ? watch.Elapsed : best;
        }
        return best <= bench.Options.CancellationLimit ? Verdict.Pass : Verdict.Fail(Slow(best));
    }

    private static string Slow(TimeSpan best) => $"it took {best.TotalSeconds:0.0} s to end after its cancellation, at best of {Attempts}";

    /// <summary>A busy machine may be slow once; a connector that does not listen is slow each time.</summary>
    private static async Task<Verdict> BestOfAsync(
        Bench bench, string? fault, Func<Bench, Session, CancellationToken, Task<bool>> call, bool alreadyCancelled = false)
    {
        if (fault is not null && FaultChecks.DoesNotApply(bench, fault) is { } reason)
            return Verdict.NotApplicable(reason);
        var best = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < Attempts && best > bench.Options.CancellationLimit; attempt++)
        {
            await using var session = await bench.OpenAsync(fault);
            using var cancellation = new CancellationTokenSource();
            if (alreadyCancelled)
                await cancellation.CancelAsync();
            var running = call(bench, session, cancellation.Token);
            if (!alreadyCancelled && await Task.WhenAny(session.Legacy.Waiting, running) == running)
                return Verdict.NotApplicable("the call ended before the legacy fell silent");
            var watch = Stopwatch.StartNew();
            await cancellation.CancelAsync();
            if (await running)
                return Verdict.Fail($"it went on after its cancellation, beyond {bench.Deadline.TotalSeconds:0.#} s");
            best = watch.Elapsed < best ? watch.Elapsed : best;
        }
        return best <= bench.Options.CancellationLimit
            ? Verdict.Pass
            : Verdict.Fail(Slow(best));
    }
}

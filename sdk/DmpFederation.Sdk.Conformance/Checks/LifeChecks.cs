using System.Runtime.CompilerServices;

namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary>How a plug-in ends: closed, used after, unloaded; and what it let out meanwhile.</summary>
internal static class LifeChecks
{
    private const int MostCollections = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static IReadOnlyList<Check> All { get; } =
    [
        new("CNF-701", "A connector may be disposed twice", "Make DisposeAsync harmless when it was called before.", DisposeTwiceAsync)
            { Needs = [OpeningChecks.Opens] },
        new("CNF-702", "A call on a disposed connector ends",
            "Throw ObjectDisposedException or SourceFaultException; do not wait for what is gone.", UseAfterAsync)
            { Needs = [ReadingChecks.ReadsRight, "CNF-701"] },
        new("CNF-703", "The plug-in leaves the memory when it is unloaded",
            "Stop timers and threads in DisposeAsync; unsubscribe from statics of the framework; use source-generated JSON.", UnloadAsync)
            { Needs = [OpeningChecks.Opens] },
        new("CNF-704", "No text of the plug-in names a patient",
            "Keep identifiers, names and the legacy's own texts out of exceptions, codes and reasons.", bench =>
            Task.FromResult(bench.Leaks is { Count: > 0 } leaks ? Verdict.Fail(string.Join("; ", leaks.Take(3))) : Verdict.Pass))
                { Needs = [OpeningChecks.Opens] },
        new("CNF-705", "No exception escapes on a thread of the plug-in",
            "Catch what happens on your own threads, timers and in async void: in the hub it would end the process.", _ =>
        {
            if (!EscapedFaults.Watch())
                return Task.FromResult(Verdict.NotApplicable("this process handles escaped exceptions itself"));
            var escaped = EscapedFaults.Take();
            return Task.FromResult(escaped.Count == 0
                ? Verdict.Pass
                : Verdict.Fail($"{escaped.Count} escaped: {string.Join(", ", escaped.Distinct())}"));
        }),
    ];

    private static async Task<Verdict> DisposeTwiceAsync(Bench bench)
    {
        await using var session = await bench.OpenAsync();
        foreach (var turn in new[] { "DisposeAsync", "a second DisposeAsync" })
        {
            var end = await bench.CallAsync(turn, async _ =>
            {
                await session.Connector!.DisposeAsync();
                return true;
            });
            if (end.Problem(turn, bench.Deadline) is { } problem)
                return Verdict.Fail(problem);
        }
        return Verdict.Pass;
    }

    private static async Task<Verdict> UseAfterAsync(Bench bench)
    {
        await using var session = await bench.OpenAsync();
        await session.Connector!.DisposeAsync();
        var end = await bench.ReadAsync(session, bench.Fixture.Patients[0]);
        return Verdict.Of(end.Problem);
    }

    private static async Task<Verdict> UnloadAsync(Bench bench)
    {
        if (bench.Stuck is { } stuck)
            return Verdict.NotApplicable($"a call of {stuck} never came back and holds the plug-in");
        var contexts = new List<WeakReference>();
        for (var cycle = 0; cycle < bench.Options.UnloadCycles; cycle++)
        {
            var (context, problem) = await CycleAsync(bench);
            if (problem is not null)
                return Verdict.Fail($"cycle {cycle + 1}: {problem}");
            contexts.Add(context);
        }
        for (var round = 0; round < MostCollections && contexts.Exists(context => context.IsAlive); round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(Pause);
        }
        var alive = contexts.Count(context => context.IsAlive);
        return alive == 0 ? Verdict.Pass
            : Verdict.Fail($"{alive} of {contexts.Count} load contexts are still alive after {MostCollections} collections");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<(WeakReference Context, string? Problem)> CycleAsync(Bench bench)
    {
        var kept = bench.Plugin!;
        var fresh = bench.Options.Loader.Load(bench.PluginFolder);
        string? problem;
        try
        {
            bench.Plugin = fresh;
            await using var session = await bench.OpenAsync();
            problem = session.Problem;
            foreach (var patient in bench.Fixture.Patients)
                await bench.ReadAsync(session, patient);
        }
        finally
        {
            bench.Plugin = kept;
        }
        return (fresh.Unload(), problem);
    }
}

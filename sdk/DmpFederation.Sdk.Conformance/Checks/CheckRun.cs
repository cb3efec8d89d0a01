using System.Diagnostics;
using DmpFederation.Sdk.Conformance.Fixtures;

namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary>Runs the checks of one plug-in, one after another.</summary>
internal static class CheckRun
{
    /// <summary>Calls one check may make that all end at their deadline.</summary>
    private const int MostLateCalls = 4;

    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    public static IReadOnlyList<Check> All { get; } =
    [
        .. PackageChecks.All, .. OpeningChecks.All, .. ReadingChecks.All, .. SteadinessChecks.All, .. CancellationChecks.All, .. FaultChecks.All,
        .. IdentityChecks.All, .. DocumentChecks.All, .. DirectoryChecks.All, .. ChangeFeedChecks.All, .. WriterChecks.All, .. PreviewChecks.All,
        .. ReplayChecks.All, .. MappingChecks.All, .. LifeChecks.All,
    ];

    public static async Task<ConformanceReport> RunAsync(string folder, ConformanceOptions options, CancellationToken cancellationToken)
    {
        // Exceptions that escape a plug-in's own threads belong to the process: two runs at once could not tell whose they are.
        await OneAtATime.WaitAsync(cancellationToken);
        var scratch = Directory.CreateTempSubdirectory("dmpfed-conformance-");
        var bench = new Bench(folder, options, scratch.FullName);
        try
        {
            EscapedFaults.Watch();
            EscapedFaults.Take();
            var results = new List<CheckResult>(All.Count);
            foreach (var check in All)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var result = await RunAsync(bench, check, results);
                results.Add(result);
                options.Progress?.Report(result);
            }
            var plugin = bench.Plugin;
            return new ConformanceReport(plugin?.Id ?? Path.GetFileName(folder.TrimEnd(Path.DirectorySeparatorChar)), plugin?.Version, results);
        }
        finally
        {
            bench.Plugin?.Unload();
            Delete(scratch);
            OneAtATime.Release();
        }
    }

    private static async Task<CheckResult> RunAsync(Bench bench, Check check, List<CheckResult> earlier)
    {
        var watch = Stopwatch.StartNew();
        bench.Current = check.Id;
        var verdict = Blocked(check, earlier) is { } blocker
            ? Verdict.NotApplicable($"waits for {blocker}")
            : await JudgeAsync(bench, check);
        return new CheckResult(
            check.Id, check.Title, verdict.Status, verdict.Problem, verdict.Status == CheckStatus.Failed ? check.ToFix : null, watch.Elapsed);
    }

    /// <summary>The failed check this one needs, directly or through another that waits for it.</summary>
    private static string? Blocked(Check check, List<CheckResult> earlier)
    {
        foreach (var need in check.Needs)
        {
            var result = earlier.First(one => one.Id == need);
            if (result.Status == CheckStatus.Failed)
                return need;
            if (result is { Status: CheckStatus.NotApplicable, Problem: { } problem } && problem.StartsWith("waits for ", StringComparison.Ordinal))
                return problem["waits for ".Length..];
        }
        return null;
    }

    private static async Task<Verdict> JudgeAsync(Bench bench, Check check)
    {
        var most = bench.Deadline * MostLateCalls;
        try
        {
            return await Task.Run(() => check.RunAsync(bench)).WaitAsync(most);
        }
        catch (TimeoutException)
        {
            return Verdict.Fail($"the check did not end within {most.TotalSeconds:0.#} s");
        }
        catch (FixtureException fault)
        {
            return Verdict.Fail(fault.Message);
        }
        catch (Exception fault)
        {
            // The border of a check: what the plug-in gave was so odd that the check itself stumbled, or a file of the run could not be used.
            return Verdict.Fail($"the check could not be ended: {FaultReport.Of(fault)}");
        }
    }

    private static void Delete(DirectoryInfo scratch)
    {
        try
        {
            scratch.Delete(recursive: true);
        }
        catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
        {
            // A connector that never ended may still hold a file; the folder is a temporary one.
            return;
        }
    }
}

using System.Globalization;

namespace DmpFederation.Benchmarks;

/// <summary>Runs hub and floor in turn (A B A B …) and prints each round's figures and the medians of the paired ratios.</summary>
internal sealed class Comparison(Arena arena, TimeSpan duration, int rounds)
{
    /// <summary>Methods compiled in one round at most for the JIT to count as settled.</summary>
    private const int Settled = 25;

    private const int MostWarmUps = 40;

    private readonly Load hub = new(arena.HubProcess, arena.SourcesProcess, arena.HubAddress, arena.Token);
    private readonly Load unguarded = new(arena.UnguardedProcess, arena.SourcesProcess, arena.UnguardedAddress, arena.Token);
    private readonly Load floor = new(arena.FloorProcess, arena.SourcesProcess, arena.FloorAddress, arena.Token);

    public async Task<bool> RunAsync(IReadOnlyList<int> clients, bool outages)
    {
        if (!await BenchmarkQuery.SameFactsAsync(arena))
            return false;
        await WarmUpAsync();
        foreach (var count in clients)
            await CompareAsync(count, "hub", hub, "floor", floor);
        await CompareAsync(16, "hub", hub, "bare", unguarded);
        if (!outages)
            return true;
        var dead = await OutageAsync("dead", "one source refuses every request");
        var hung = await OutageAsync("hung", "one source takes requests and never answers");
        return dead && hung;
    }

    /// <summary>Both are loaded until neither compiles any more: a hub of many small methods takes longer to settle than a floor of few.</summary>
    private async Task WarmUpAsync()
    {
        for (var round = 1; round <= MostWarmUps; round++)
        {
            var (first, second) = (await hub.RunAsync(16, TimeSpan.FromSeconds(3)), await floor.RunAsync(16, TimeSpan.FromSeconds(1)));
            var bare = await unguarded.RunAsync(16, TimeSpan.FromSeconds(3));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"warm-up {round}: hub {first.CpuMs:0.00} ms CPU/req, {first.Compiled:0} methods compiled; "
                + $"without policies and audit {bare.CpuMs:0.00}, {bare.Compiled:0}; floor {second.CpuMs:0.00}, {second.Compiled:0}"));
            if (first.Compiled < Settled && second.Compiled < Settled && bare.Compiled < Settled)
                return;
        }
        Console.WriteLine("The JIT did not settle: the figures below are too high.");
    }

    /// <summary>Bare is the hub without policies and audit.</summary>
    private async Task CompareAsync(int count, string name, Load one, string other, Load another)
    {
        Head($"{name} against {other}: {count} clients, {rounds} rounds of {duration.TotalSeconds:0} s each in turn");
        var pairs = new List<(Figures Hub, Figures Floor)>();
        for (var round = 0; round < rounds; round++)
        {
            var pair = (await one.RunAsync(count, duration), await another.RunAsync(count, duration));
            Print(name, pair.Item1);
            Print(other, pair.Item2);
            pairs.Add(pair);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}/{other}, median of {rounds} pairs: rate {Ratio(pairs, static f => f.PerSecond):0.00}; {other}/{name}: "
            + $"CPU per request {1 / Ratio(pairs, static f => f.CpuMs):0.00}, allocated {1 / Ratio(pairs, static f => f.AllocatedKb):0.00}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"drift of CPU per request from first to last round: {name} {Drift(pairs.ConvertAll(static pair => pair.Hub)):+0;-0}%, "
            + $"{other} {Drift(pairs.ConvertAll(static pair => pair.Floor)):+0;-0}%"));
    }

    /// <summary>True when no answer was late: what the healthy sources hold comes by the deadline, whatever the other one does.</summary>
    private async Task<bool> OutageAsync(string state, string what)
    {
        await arena.SetSourceAsync(0, state);
        Head($"{what}, 16 clients; deadline of a source {Arena.SourceTimeout.TotalSeconds:0.0} s for both");
        var (first, second) = (await hub.RunAsync(16, TimeSpan.FromSeconds(10)), await floor.RunAsync(16, TimeSpan.FromSeconds(10)));
        Print("hub", first);
        Print("floor", second);
        await arena.SetSourceAsync(0, "well");
        await arena.WaitUntilWholeAsync();
        // The hub's own budget for the whole answer is 3 s; the rest is the time 16 answers need on a busy machine.
        var inTime = first.Slowest < 4500 && first.Failures == 0;
        Console.WriteLine(inTime
            ? "every answer of the hub came by the deadline"
            : "LATE OR FAILED: an answer of the hub took longer than the deadline allows");
        return inTime;
    }

    private static double Ratio(List<(Figures Hub, Figures Floor)> pairs, Func<Figures, double> figure)
    {
        var ratios = pairs.Select(pair => figure(pair.Hub) / figure(pair.Floor)).Order().ToList();
        return ratios[ratios.Count / 2];
    }

    private static double Drift(List<Figures> rounds) => ((rounds[^1].CpuMs / rounds[0].CpuMs) - 1) * 100;

    private static void Head(string title)
    {
        Console.WriteLine($"\n{title}");
        Console.WriteLine(
            $"{"",-6}{"req/s",8}{"p50 ms",8}{"p99 ms",8}{"max ms",8}{"CPU ms/req",12}{"around",8}{"KB/req",8}{"jitted",8}{"whole",12}{"failed",8}");
    }

    private static void Print(string name, Figures figures) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{name,-6}{figures.PerSecond,8:0}{figures.P50,8:0.0}{figures.P99,8:0.0}{figures.Slowest,8:0}"
        + $"{figures.CpuMs,12:0.00}{figures.AroundMs,8:0.00}{figures.AllocatedKb,8:0}{figures.Compiled,8:0}"
        + $"{$"{figures.Whole}/{figures.Answers}",12}{figures.Failures,8}"));
}

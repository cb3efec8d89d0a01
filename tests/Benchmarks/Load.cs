using System.Diagnostics;

namespace DmpFederation.Benchmarks;

/// <summary>What one closed loop of clients saw, and what the server spent on it.</summary>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="P50">Median time of an answer in milliseconds.</param>
/// <param name="P99">Time within which 99 of 100 answers came, in milliseconds.</param>
/// <param name="Slowest">Time of the slowest answer in milliseconds.</param>
/// <param name="CpuMs">Processor time of the server per answer, in milliseconds: the figure least disturbed by a busy machine.</param>
/// <param name="AroundMs">Processor time of the sources and of the load generator per answer, in milliseconds.</param>
/// <param name="AllocatedKb">Bytes the server allocated on its heap per answer, in KiB.</param>
/// <param name="Compiled">Methods the server's JIT compiled meanwhile; more than a few mean that it had not settled.</param>
/// <param name="Whole">Answers that say that every source answered.</param>
/// <param name="Answers">All answers.</param>
/// <param name="Failures">Answers that are no dossier.</param>
internal sealed record Figures(
    double PerSecond, double P50, double P99, double Slowest, double CpuMs, double AroundMs, double AllocatedKb, double Compiled,
    int Whole, int Answers, int Failures);

/// <summary>A closed loop: each client sends its next request when the answer to the last has been read to its end.</summary>
internal sealed class Load(Process server, Process sources, Uri address, string token)
{
    private static readonly byte[] WholeMark = "\"complete\":true"u8.ToArray();

    public async Task<Figures> RunAsync(int clients, TimeSpan duration)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = clients })
        {
            Timeout = TimeSpan.FromSeconds(30),
        };
        var self = Process.GetCurrentProcess();
        var before = await ServerCounters.ReadAsync(http, address);
        var (cpuBefore, aroundBefore) = (CpuOf(server), CpuOf(sources) + CpuOf(self));
        var clock = Stopwatch.StartNew();
        var runs = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(() => ClientAsync(http, clock, duration))));
        var elapsed = clock.Elapsed;
        var (cpu, around) = (CpuOf(server) - cpuBefore, CpuOf(sources) + CpuOf(self) - aroundBefore);
        var after = await ServerCounters.ReadAsync(http, address);
        var times = runs.SelectMany(static run => run.Times).Order().ToList();
        double count = times.Count;
        return new Figures(
            count / elapsed.TotalSeconds, At(times, 0.5), At(times, 0.99), At(times, 1),
            cpu.TotalMilliseconds / count, around.TotalMilliseconds / count,
            (after.AllocatedBytes - before.AllocatedBytes) / 1024 / count, after.CompiledMethods - before.CompiledMethods,
            runs.Sum(static run => run.Whole), times.Count, runs.Sum(static run => run.Failures));
    }

    private async Task<Run> ClientAsync(HttpClient http, Stopwatch clock, TimeSpan duration)
    {
        var run = new Run();
        var buffer = new byte[1 << 18];
        while (clock.Elapsed < duration)
        {
            var start = clock.Elapsed;
            using var request = BenchmarkQuery.RequestTo(address, token);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            await using var body = await answer.Content.ReadAsStreamAsync();
            var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false);
            run.Times.Add((clock.Elapsed - start).TotalMilliseconds);
            run.Failures += answer.IsSuccessStatusCode && length is > 1000 and < 1 << 18 ? 0 : 1;
            run.Whole += buffer.AsSpan(0, length).IndexOf(WholeMark) >= 0 ? 1 : 0;
        }
        return run;
    }

    private static TimeSpan CpuOf(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    private static double At(List<double> sorted, double part) =>
        sorted.Count == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * part)];

    private sealed class Run
    {
        public List<double> Times { get; } = [];

        public int Whole { get; set; }

        public int Failures { get; set; }
    }
}

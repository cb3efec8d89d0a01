using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace DmpFederation.Benchmarks;

/// <summary>What one closed loop of clients saw, and what the server spent on it.</summary>
internal sealed record Figures(double PerSecond, double P50, double P99, double CpuMs, double AllocatedKb, int Failures);

/// <summary>A closed loop: each client sends its next request when the answer to the last has been read to its end.</summary>
internal sealed class Load(Process server, Uri address, string token, byte[] query)
{
    public async Task<Figures> RunAsync(int clients, TimeSpan duration)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = clients }) { Timeout = TimeSpan.FromSeconds(30) };
        var allocatedBefore = await AllocatedAsync(http);
        server.Refresh();
        var cpuBefore = server.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var runs = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(() => ClientAsync(http, clock, duration))));
        var elapsed = clock.Elapsed;
        server.Refresh();
        var cpu = server.TotalProcessorTime - cpuBefore;
        var allocated = await AllocatedAsync(http) - allocatedBefore;
        var times = runs.SelectMany(static run => run.Times).Order().ToList();
        var failures = runs.Sum(static run => run.Failures);
        return new Figures(times.Count / elapsed.TotalSeconds, At(times, 0.5), At(times, 0.99), cpu.TotalMilliseconds / times.Count, allocated / 1024d / times.Count, failures);
    }

    private async Task<(List<double> Times, int Failures)> ClientAsync(HttpClient http, Stopwatch clock, TimeSpan duration)
    {
        var times = new List<double>();
        var failures = 0;
        while (clock.Elapsed < duration)
        {
            var start = clock.Elapsed;
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "graphql")) { Content = new ByteArrayContent(query) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var answer = await http.SendAsync(request);
            var body = await answer.Content.ReadAsByteArrayAsync();
            if (!answer.IsSuccessStatusCode || body.Length < 1000)
                failures++;
            times.Add((clock.Elapsed - start).TotalMilliseconds);
        }
        return (times, failures);
    }

    private async Task<double> AllocatedAsync(HttpClient http)
    {
        var text = await http.GetStringAsync(new Uri(address, "metrics"));
        var line = text.Split('\n').FirstOrDefault(static line => line.StartsWith("dotnet_gc_heap_total_allocated", StringComparison.Ordinal));
        return line is null ? double.NaN : double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
    }

    private static double At(List<double> sorted, double part) => sorted.Count == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * part)];
}

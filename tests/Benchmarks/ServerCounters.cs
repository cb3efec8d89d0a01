using System.Globalization;

namespace DmpFederation.Benchmarks;

/// <summary>
/// The runtime's own counters of a server, read from its <c>/metrics</c>. Hub and floor count the same two things; the hub's names carry the
/// prefix of the exporter.
/// </summary>
internal readonly record struct ServerCounters(double AllocatedBytes, double CompiledMethods)
{
    private const string Allocated = "dotnet_gc_heap_total_allocated";
    private const string Compiled = "dotnet_jit_compiled_methods";

    /// <summary>The counters of this process, as text.</summary>
    public static string Print() =>
        $"{Allocated} {GC.GetTotalAllocatedBytes()}\n{Compiled} {System.Runtime.JitInfo.GetCompiledMethodCount()}\n";

    /// <exception cref="InvalidDataException">A counter is missing: a figure that is not there must not look like one.</exception>
    public static async Task<ServerCounters> ReadAsync(HttpClient http, Uri address)
    {
        var lines = (await http.GetStringAsync(new Uri(address, "metrics"))).Split('\n');
        return new ServerCounters(Find(lines, Allocated), Find(lines, Compiled));
    }

    private static double Find(string[] lines, string name)
    {
        // Lines that start with # explain; the exporter puts the meter's name before the instrument's.
        var line = Array.Find(lines, line => line.StartsWith(name + " ", StringComparison.Ordinal)
                || (!line.StartsWith('#') && line.Contains("_" + name + " ", StringComparison.Ordinal)))
            ?? throw new InvalidDataException($"/metrics has no {name}.");
        return double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
    }
}

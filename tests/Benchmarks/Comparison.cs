using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace DmpFederation.Benchmarks;

/// <summary>Runs hub and floor in turn (A B A B …) and prints each round's figures and the medians of the paired ratios.</summary>
internal sealed class Comparison(Arena arena, TimeSpan duration, int rounds)
{
    private const string Query =
        "query($ins: INS!) { dossier(ins: $ins) { complete entries(first: 500) { nodes { "
        + "id category date title code { system code } value { number unit } author { name } status origins { sourceId localId } } } } }";

    private static readonly byte[] Body = JsonSerializer.SerializeToUtf8Bytes(new
    {
        query = Query,
        variables = new { ins = "urn:oid:1.2.250.1.213.1.4.10|279035121518989" },
    });

    public async Task<bool> RunAsync(IReadOnlyList<int> clients)
    {
        if (!await SameAnswerAsync())
            return false;
        var hub = new Load(arena.HubProcess, arena.HubAddress, arena.Token, Body);
        var floor = new Load(arena.FloorProcess, arena.FloorAddress, arena.Token, Body);
        for (var warmUp = 0; warmUp < 3; warmUp++)
        {
            await hub.RunAsync(16, duration);
            await floor.RunAsync(16, duration);
        }
        foreach (var count in clients)
        {
            Console.WriteLine($"\n{count} clients, {rounds} rounds of {duration.TotalSeconds:0} s each in turn");
            Console.WriteLine($"{"",-6}{"req/s",9}{"p50 ms",9}{"p99 ms",9}{"CPU ms/req",12}{"KB/req",9}{"failed",8}");
            var pairs = new List<(Figures Hub, Figures Floor)>();
            for (var round = 0; round < rounds; round++)
            {
                var pair = (await hub.RunAsync(count, duration), await floor.RunAsync(count, duration));
                Print("hub", pair.Item1);
                Print("floor", pair.Item2);
                pairs.Add(pair);
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"hub/floor, median of {rounds} pairs: rate {Median(pairs, static f => f.PerSecond):0.00}, CPU per request {Median(pairs, static f => f.CpuMs):0.00}, allocated per request {Median(pairs, static f => f.AllocatedKb):0.00}"));
        }
        return true;
    }

    /// <summary>The comparison is only worth something when both give the same facts.</summary>
    private async Task<bool> SameAnswerAsync()
    {
        using var http = new HttpClient();
        var hub = await NodesAsync(http, arena.HubAddress);
        var floor = await NodesAsync(http, arena.FloorAddress);
        var same = hub.Count == floor.Count && hub.SetEquals(floor);
        Console.WriteLine($"entries: hub {hub.Count}, floor {floor.Count}, same facts: {same}");
        if (!same)
            foreach (var line in hub.Except(floor).Take(2).Select(static node => "hub   " + node).Concat(floor.Except(hub).Take(2).Select(static node => "floor " + node)))
                Console.WriteLine(line);
        return same;
    }

    private async Task<HashSet<string>> NodesAsync(HttpClient http, Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "graphql")) { Content = new ByteArrayContent(Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", arena.Token);
        using var answer = await http.SendAsync(request);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("data").GetProperty("dossier").GetProperty("entries").GetProperty("nodes").EnumerateArray()
            .Select(static node => string.Join(" ", node.GetProperty("date"), node.GetProperty("title"), node.GetProperty("code"), node.GetProperty("value"),
                node.GetProperty("author"), string.Join(",", node.GetProperty("origins").EnumerateArray().Select(static origin => origin.ToString()).Order(StringComparer.Ordinal))))
            .ToHashSet(StringComparer.Ordinal);
    }

    private static double Median(List<(Figures Hub, Figures Floor)> pairs, Func<Figures, double> figure)
    {
        var ratios = pairs.Select(pair => figure(pair.Hub) / figure(pair.Floor)).Order().ToList();
        return ratios[ratios.Count / 2];
    }

    private static void Print(string name, Figures figures) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{name,-6}{figures.PerSecond,9:0}{figures.P50,9:0.0}{figures.P99,9:0.0}{figures.CpuMs,12:0.00}{figures.AllocatedKb,9:0}{figures.Failures,8}"));
}

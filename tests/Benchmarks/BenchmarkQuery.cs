using System.Net.Http.Headers;
using System.Text.Json;

namespace DmpFederation.Benchmarks;

/// <summary>The one query both answer: about 180 facts of eleven fields.</summary>
internal static class BenchmarkQuery
{
    private const string Query =
        "query($ins: INS!) { dossier(ins: $ins) { complete entries(first: 500) { nodes { "
        + "id category date title code { system code } value { number unit } author { name } status origins { sourceId localId } } } } }";

    /// <summary>A test identity of the ANS.</summary>
    public const string Patient = "urn:oid:1.2.250.1.213.1.4.10|279035121518989";

    public static byte[] Body { get; } = JsonSerializer.SerializeToUtf8Bytes(new
    {
        query = Query,
        variables = new { ins = Patient },
    });

    /// <summary>The comparison is only worth something when both give the same facts.</summary>
    public static async Task<bool> SameFactsAsync(Arena arena)
    {
        using var http = new HttpClient();
        var hub = await FactsAsync(http, arena, arena.HubAddress);
        var floor = await FactsAsync(http, arena, arena.FloorAddress);
        var same = hub.Count == floor.Count && hub.SetEquals(floor);
        Console.WriteLine($"entries: hub {hub.Count}, floor {floor.Count}, same facts: {same}");
        if (!same)
        {
            foreach (var fact in hub.Except(floor).Take(2))
                Console.WriteLine("hub   " + fact);
            foreach (var fact in floor.Except(hub).Take(2))
                Console.WriteLine("floor " + fact);
        }
        return same;
    }

    public static HttpRequestMessage RequestTo(Uri address, string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "graphql")) { Content = new ByteArrayContent(Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private static async Task<HashSet<string>> FactsAsync(HttpClient http, Arena arena, Uri address)
    {
        using var request = RequestTo(address, arena.Token);
        using var answer = await http.SendAsync(request);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("data").GetProperty("dossier").GetProperty("entries").GetProperty("nodes").EnumerateArray()
            .Select(Print)
            .ToHashSet(StringComparer.Ordinal);
    }

    private static string Print(JsonElement node)
    {
        var origins = node.GetProperty("origins").EnumerateArray().Select(static origin => origin.ToString()).Order(StringComparer.Ordinal);
        return string.Join(
            " ", node.GetProperty("date"), node.GetProperty("title"), node.GetProperty("code"), node.GetProperty("value"), node.GetProperty("author"),
            string.Join(",", origins));
    }
}

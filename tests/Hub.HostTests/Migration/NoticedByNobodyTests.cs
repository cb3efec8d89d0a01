using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using DmpFederation.Hub.HostTests.Demo;
using DmpFederation.Hub.HostTests.Federation;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Migration;

/// <summary>
/// The demo's six sources move to the national store and back, by the orders an operator gives over GraphQL, while a clinician reads all the time: each
/// answer is the same, but for who served it.
/// </summary>
public sealed class NoticedByNobodyTests : IAsyncLifetime
{
    private const string Record = """
        query($ins: INS!) { dossier(ins: $ins) {
          complete
          patient { birthName givenNames birthDate }
          sources { sourceId status reason entryCount servedBy }
          entries(first: 500) { hasNext endCursor nodes {
            id category date title status code { system code display } confidentiality author { name }
            origins { sourceId localId version recorded servedBy } conflicts { field values { sourceId value } } fhir } } } }
        """;

    private readonly DemoWorld demo = new()
    {
        Settings = new Dictionary<string, string>
        {
            ["DMPFED__Migration__ReversibilityWindow"] = "00:00:00",
            ["DMPFED__Migration__Look"] = "00:00:00.200",
            ["DMPFED__Migration__FollowEvery"] = "00:00:00.500",
        },
    };

    public Task InitializeAsync() => demo.InitializeAsync();

    public Task DisposeAsync() => demo.DisposeAsync();

    [Fact]
    public async Task Sources_move_to_the_national_store_and_back_and_a_clinician_notices_nothing()
    {
        var patients = (await File.ReadAllLinesAsync(Path.Combine(demo.Data, "patients.csv"))).Skip(1).Take(12).Select(static line => line.Split(',')[0]).ToList();
        var before = new Dictionary<string, string>();
        foreach (var ins in patients)
            before[ins] = Canonical(await ReadAsync(ins));
        var different = new ConcurrentQueue<string>();
        var reads = 0;
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var ins = patients[reads++ % patients.Count];
                var answer = await ReadAsync(ins);
                if (Canonical(answer) != before[ins])
                    different.Enqueue(Difference(before[ins], Canonical(answer)));
            }
        });

        foreach (var source in FederatedWorld.SourceIds)
            await OrderAsync($"startMigration(sourceId: \"{source}\")");
        await EachReachesAsync("FOLLOWING");
        foreach (var source in FederatedWorld.SourceIds)
            await OrderAsync($"verifyMigration(sourceId: \"{source}\")");
        await EachReachesAsync("SHADOW");
        foreach (var source in FederatedWorld.SourceIds)
        {
            await SwitchedAsync(source);
            await ServedAsync(patients, source, "NATIONAL");
            await OrderAsync($"reverseMigration(sourceId: \"{source}\", reason: \"essai\")");
            await ServedAsync(patients, source, "LEGACY");
            await SwitchedAsync(source);
            await OrderAsync($"retireMigration(sourceId: \"{source}\")");
            await ServedAsync(patients, source, "NATIONAL");
        }
        (await StatesAsync()).Should().OnlyContain(static state => state == "RETIRED");
        foreach (var system in (string[])["franche-comte", "picardie", "web-medecin"])
            await demo.SwitchAsync(system, "kill");
        var readUntilNow = reads;
        await demo.UntilAsync(() => Task.FromResult(reads > readUntilNow + patients.Count), "every patient was read once more without the legacy servers");

        await stop.CancelAsync();
        await reading;
        different.Take(3).Should().BeEmpty($"{reads} answers were read");
    }

    private async Task<JsonElement> ReadAsync(string ins)
    {
        var answer = await demo.AskAsync("attending", Record, new { ins });
        answer.TryGetProperty("errors", out var errors).Should().BeFalse(errors.ToString());
        return answer;
    }

    private async Task OrderAsync(string order)
    {
        var answer = await demo.AskAsync("nationalOperator", $"mutation {{ {order} {{ sourceId state blockedBy }} }}");
        answer.TryGetProperty("errors", out var errors).Should().BeFalse($"{order}: {errors}");
    }

    /// <summary>The way back must have been rehearsed, which follows a verification by itself.</summary>
    private async Task SwitchedAsync(string source)
    {
        await demo.UntilAsync(
            async () => !(await demo.AskAsync("nationalOperator", $"mutation {{ switchMigration(sourceId: \"{source}\") {{ state }} }}"))
                .TryGetProperty("errors", out _),
            $"{source} is switched");
    }

    private async Task<List<string>> StatesAsync() =>
        [.. (await demo.AskAsync("nationalOperator", "{ migrations { sourceId state copied total differences } }")).GetProperty("data")
            .GetProperty("migrations").EnumerateArray().Select(static one => one.GetProperty("state").GetString()!)];

    private Task EachReachesAsync(string state) => demo.UntilAsync(
        async () => (await StatesAsync()).TrueForAll(one => one == state), $"every source reaches {state}");

    private async Task ServedAsync(List<string> patients, string source, string store)
    {
        foreach (var ins in patients)
        {
            await demo.UntilAsync(
                async () => (await ReadAsync(ins)).GetProperty("data").GetProperty("dossier").GetProperty("sources").EnumerateArray()
                    .Single(one => one.GetProperty("sourceId").GetString() == source).GetProperty("servedBy").GetString() == store,
                $"{source} is served by {store}");
        }
    }

    private static string Canonical(JsonElement answer)
    {
        var node = JsonNode.Parse(answer.GetRawText())!;
        Strip(node);
        return node.ToJsonString();
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
                Strip(item);
        }
        else if (node is JsonObject fields)
        {
            fields.Remove("servedBy");
            foreach (var (_, value) in fields)
                Strip(value);
        }
    }

    /// <summary>Where two answers part, with a little of what stands there: everybody here is invented.</summary>
    private static string Difference(string one, string other)
    {
        var at = one.Zip(other).TakeWhile(static pair => pair.First == pair.Second).Count();
        return $"…{one[Math.Max(0, at - 200)..Math.Min(one.Length, at + 100)]} / …{other[Math.Max(0, at - 20)..Math.Min(other.Length, at + 100)]}";
    }
}

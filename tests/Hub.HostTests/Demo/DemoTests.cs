using System.Diagnostics;
using System.Net;
using System.Text.Json;
using FluentAssertions;
using FluentAssertions.Extensions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Demo;

/// <summary>What the issue promises, on the demo as anybody starts it.</summary>
public sealed class DemoTests(DemoWorld demo) : IClassFixture<DemoWorld>
{
    private const string Record = """
        query($ins: INS!) { dossier(ins: $ins) {
          complete
          sources { sourceId status reason entryCount elapsedMs servedBy }
          entries(first: 500) { nodes { id category date title origins { sourceId localId } } hasNext } } }
        """;

    /// <summary>Deadline of the federation and the margin the issue grants.</summary>
    private static readonly TimeSpan AnswerBy = 3.Seconds() + 100.Milliseconds();

    public static TheoryData<string> LegacySystems => ["franche-comte", "picardie", "web-medecin"];

    [Fact]
    public void It_says_READY_within_a_minute() => demo.ReadyAfter.Should().BeLessThan(60.Seconds());

    [Fact]
    public async Task Every_patient_s_merged_record_equals_the_truth()
    {
        var wrong = new List<string>();
        await foreach (var line in File.ReadLinesAsync(Path.Combine(demo.Data, "truth.ndjson")))
        {
            using var truth = JsonDocument.Parse(line);
            var ins = truth.RootElement.GetProperty("ins").GetString()!;
            var answer = await demo.AskAsync("attending", Record, new { ins });
            var dossier = answer.GetProperty("data").GetProperty("dossier");
            // A source that files somebody else under the patient's number is kept out and named, and the answer is not whole.
            var keptOut = truth.RootElement.GetProperty("identityTraps").EnumerateArray()
                .Where(static trap => trap.GetProperty("reach").GetString() == "KEPT_OUT")
                .Select(static trap => trap.GetProperty("sourceId").GetString()).ToList();
            dossier.GetProperty("complete").GetBoolean().Should().Be(keptOut.Count == 0, answer.ToString());
            dossier.GetProperty("sources").EnumerateArray()
                .Where(static source => source.GetProperty("reason").GetString() == "TRAITS_MISMATCH")
                .Select(static source => source.GetProperty("sourceId").GetString()).Should().BeEquivalentTo(keptOut);
            dossier.GetProperty("entries").GetProperty("hasNext").GetBoolean().Should().BeFalse("a demo patient fits one page");
            var shown = dossier.GetProperty("entries").GetProperty("nodes").EnumerateArray().Select(FactOf).Order().ToList();
            var expected = truth.RootElement.GetProperty("facts").EnumerateArray().Select(FactOf).Order().ToList();
            wrong.AddRange(expected.Except(shown).Select(fact => $"missing {fact}"));
            wrong.AddRange(shown.Except(expected).Select(fact => $"not in the truth {fact}"));
        }
        wrong.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(LegacySystems))]
    public async Task A_killed_system_costs_only_its_own_slice_and_comes_back_without_a_restart_of_the_hub(string system)
    {
        await demo.SwitchAsync(system, "kill");
        try
        {
            await AssertOthersAnswerAsync(system);
        }
        finally
        {
            await demo.SwitchAsync(system, "restart");
        }
        await AssertRecoveryAsync(system);
    }

    [Theory]
    [MemberData(nameof(LegacySystems))]
    public async Task A_hung_system_costs_only_its_own_slice_and_comes_back(string system)
    {
        await demo.SwitchAsync(system, "stop");
        try
        {
            await AssertOthersAnswerAsync(system);
        }
        finally
        {
            await demo.SwitchAsync(system, "continue");
        }
        await AssertRecoveryAsync(system);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_answered()
    {
        using var answer = await demo.Http.PostAsync(new Uri(demo.Hub, "graphql"), new StringContent("""{"query":"{ me { id } }"}""", null, "application/json"));
        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_patient_persona_reads_their_own_record_and_nobody_else_s()
    {
        var patients = (await File.ReadAllLinesAsync(Path.Combine(demo.Data, "patients.csv"))).Skip(1).Select(static line => line.Split(',')[0]).ToList();
        (await demo.AskAsync("patient", Record, new { ins = patients[0] })).GetProperty("data").GetProperty("dossier").ValueKind.Should().Be(JsonValueKind.Object);
        CodeOf(await demo.AskAsync("patient", Record, new { ins = patients[1] })).Should().Be("ACCESS_REFUSED");
    }

    [Fact]
    public async Task An_analyst_never_reaches_a_person() =>
        CodeOf(await demo.AskAsync("analyst", Record, new { ins = await FirstPatientAsync() })).Should().Be("ACCESS_REFUSED");

    [Fact]
    public async Task The_pages_answer()
    {
        foreach (var page in (string[])["graphql/ui", "graphql/schema", "health/live", "health/ready", "metrics"])
            (await demo.Http.GetAsync(new Uri(demo.Hub, page))).StatusCode.Should().Be(HttpStatusCode.OK, page);
    }

    private async Task AssertOthersAnswerAsync(string missing)
    {
        var ins = await FirstPatientAsync();
        var waits = new List<TimeSpan>();
        for (var attempt = 0; attempt < 4; attempt++)
        {
            var clock = Stopwatch.StartNew();
            var answer = await demo.AskAsync("attending", Record, new { ins });
            waits.Add(clock.Elapsed);
            var dossier = answer.GetProperty("data").GetProperty("dossier");
            dossier.GetProperty("complete").GetBoolean().Should().BeFalse();
            var sources = dossier.GetProperty("sources").EnumerateArray().ToDictionary(static source => source.GetProperty("sourceId").GetString()!);
            sources[missing].GetProperty("status").GetString().Should().BeOneOf("TIMED_OUT", "FAILED", "CIRCUIT_OPEN");
            sources.Where(source => source.Key != missing).Should().OnlyContain(static source => source.Value.GetProperty("status").GetString() == "ANSWERED");
            answer.GetProperty("errors").EnumerateArray()
                .Should().Contain(error => error.GetProperty("extensions").GetProperty("sourceId").GetString() == missing);
        }
        // The first two answers waited for the missing system (the circuit opens later); the quicker one, for the machine may be busy with other tests.
        waits.Take(2).Min().Should().BeLessThan(AnswerBy);
    }

    private async Task AssertRecoveryAsync(string system)
    {
        var ins = await FirstPatientAsync();
        await demo.UntilAsync(
            async () => (await demo.AskAsync("attending", Record, new { ins })).GetProperty("data").GetProperty("dossier").GetProperty("complete").GetBoolean(),
            $"{system} answers again");
    }

    private async Task<string> FirstPatientAsync() => (await File.ReadAllLinesAsync(Path.Combine(demo.Data, "patients.csv")))[1].Split(',')[0];

    private static string FactOf(JsonElement fact) =>
        fact.GetProperty("category").GetString() + " " + string.Join(" = ", fact.GetProperty("origins").EnumerateArray()
            .Select(static origin => $"{origin.GetProperty("sourceId").GetString()}:{origin.GetProperty("localId").GetString()}").Order(StringComparer.Ordinal));

    private static string? CodeOf(JsonElement answer) =>
        answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString();
}

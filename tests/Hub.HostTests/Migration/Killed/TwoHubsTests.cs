using System.Diagnostics;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DmpFederation.Hub.HostTests.Migration.Killed;

/// <summary>Two hubs on one PostgreSQL share a migration and the reads; each is killed once.</summary>
public sealed class TwoHubsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int People = 24;

    private static readonly IReadOnlyList<string> Sources = ["dp", "picardie"];

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private LivingLegacy legacy = null!;

    public async Task InitializeAsync() => legacy = await LivingLegacy.StartAsync(seed: 11, People, Sources);

    public async Task DisposeAsync() => await legacy.DisposeAsync();

    [SkippableFact]
    public async Task When_either_of_two_hubs_is_killed_the_other_ends_the_copy_and_no_read_fails()
    {
        var database = PostgreSqlDatabase.Create($"two_hubs_{Guid.NewGuid():N}");
        var folders = Directory.CreateTempSubdirectory("dmp-two-").FullName;
        try
        {
            var settings = MortalHub.SettingsFor(legacy, Path.Combine(folders, "first"), database.PooledConnectionString);
            await using (var first = new MortalHub(legacy, Sources, settings))
            await using (var second = new MortalHub(
                legacy, Sources, MortalHub.SettingsFor(legacy, Path.Combine(folders, "second"), database.PooledConnectionString)))
                await RunAsync(first, second);
            var reconciled = await Reconciliation.RunAsync(legacy, settings, Sources);
            output.WriteLine($"{reconciled.Patients} copies, {reconciled.Facts} facts equal");
            reconciled.Faults.Should().BeEmpty();
            reconciled.Facts.Should().BeGreaterThan(200);
        }
        finally
        {
            await database.DropAsync();
            Directory.Delete(folders, recursive: true);
        }
    }

    private async Task RunAsync(MortalHub first, MortalHub second)
    {
        await first.StartAsync();
        await second.StartAsync();
        var patients = legacy.Patients.Take(4).Select(static patient => patient.InsNir).ToList();
        var expected = new Dictionary<string, string>();
        foreach (var ins in patients)
        {
            await first.OpenAsync(ins);
            expected[ins] = await first.ReadAsync(ins);
        }
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(() => ReadAsync([first, second], patients, expected, stop.Token));

        foreach (var source in Sources)
            await second.OrderAsync($"startMigration(sourceId: \"{source}\", input: {{ waves: 2, load: {{ patientsPerSecond: 3 }} }})");
        await second.UntilAsync(static one => one.Copied > 0, "begun");
        await first.KillAsync();
        var midway = await second.StandingAsync();
        midway.Should().Contain(static one => one.Copied < one.Total || one.Total == 0, "it was killed midway");
        Say($"first killed at {string.Join(' ', midway)}");
        await second.UntilAsync(static one => one.State == "FOLLOWING" && one.Copied == one.Total, "copied");
        Say("copied");
        foreach (var source in Sources)
            await second.OrderAsync($"verifyMigration(sourceId: \"{source}\")");
        await second.UntilAsync(static one => one is { State: "SHADOW", Differences: 0, BlockedBy: [] }, "found equal and ready");
        Say("found equal");

        await first.StartAsync();
        foreach (var source in Sources)
            await first.OrderAsync($"switchMigration(sourceId: \"{source}\")");
        await second.KillAsync();
        (await first.StandingAsync()).Should().OnlyContain(static one => one.State == "SWITCHED");
        foreach (var ins in patients)
            (await first.ReadAsync(ins)).Should().Be(expected[ins]);
        foreach (var source in Sources)
            await first.OrderAsync($"reverseMigration(sourceId: \"{source}\", reason: \"essai\")");

        await stop.CancelAsync();
        var (reads, asides, wrong) = await reading;
        Say($"{reads} reads, {asides} of them asked of the other hub as well");
        wrong.Should().BeEmpty("each read is the same record, whichever hub gives it and whichever store");
        reads.Should().BeGreaterThan(50);
    }

    private void Say(string what) => output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: {what}");

    /// <summary>As a client behind a balancer reads: whoever gives no answer is left for the other one.</summary>
    private static async Task<(int Reads, int Asides, IReadOnlyList<string> Wrong)> ReadAsync(
        IReadOnlyList<MortalHub> hubs, List<string> patients, Dictionary<string, string> expected, CancellationToken cancellationToken)
    {
        var (reads, asides) = (0, 0);
        var wrong = new List<string>();
        while (!cancellationToken.IsCancellationRequested)
        {
            var ins = patients[reads % patients.Count];
            var (one, other) = reads % 2 == 0 ? (hubs[0], hubs[1]) : (hubs[1], hubs[0]);
            reads++;
            string? answer = null;
            try
            {
                answer = await one.TryReadAsync(ins);
                if (answer is null)
                {
                    asides++;
                    answer = await other.TryReadAsync(ins);
                }
            }
            catch (InvalidOperationException refused)
            {
                wrong.Add(refused.Message);
                continue;
            }
            // Others want the machine too.
            await Task.Delay(30, CancellationToken.None);
            if (answer != expected[ins])
                wrong.Add(answer is null ? "no hub answered" : "another record");
        }
        return (reads, asides, wrong);
    }
}

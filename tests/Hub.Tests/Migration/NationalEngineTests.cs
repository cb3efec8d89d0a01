using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Steps;
using DmpFederation.Hub.Migration.Verifying;
using DmpFederation.Hub.Tests.National;
using DmpFederation.Sdk;
using DmpFederation.TestKit.Migration;
using FluentAssertions;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace DmpFederation.Hub.Tests.Migration;

public sealed class SqliteEngineTests() : NationalEngineTests(new SqliteNationalHost());

public sealed class PostgreSqlEngineTests() : NationalEngineTests(new PostgreSqlNationalHost())
{
    [SkippableFact]
    public async Task Two_nodes_share_a_migration_and_when_one_is_killed_the_other_ends_it()
    {
        var first = Open(null);
        var second = Open(first);
        first.Legacy.Takes = TimeSpan.FromMilliseconds(20);
        var plan = MigrationRig.WholePlan() with
        {
            Waves = [new Wave("half", WaveKind.Partition) { Partition = new PatientPartition(0, 2) }, new Wave("rest", WaveKind.Rest)],
        };
        var (one, other) = (await RunAsync(first), await RunAsync(second));
        await first.StartAsync(plan);
        await UntilAsync(async () => (await first.FindAsync()).Slices.All(static slice => slice.Copied > 0));

        await one.StopAsync(default);

        await UntilAsync(async () => (await second.FindAsync()).Slices.All(static slice => slice.State == MigrationState.Following));
        await EqualAsync(second);
        (await second.FindAsync()).Slices.Sum(static slice => slice.Copied).Should().Be(People);
        await other.StopAsync(default);
    }
}

/// <summary>The engine over the real stores: a source goes the whole way while its legacy changes and nodes are killed.</summary>
public abstract class NationalEngineTests(NationalHost host) : IAsyncLifetime
{
    protected const int People = 40;

    private readonly List<MigrationRig> rigs = [];
    private readonly List<IHostedService> running = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var node in running)
            await node.StopAsync(default);
        foreach (var rig in rigs)
            await rig.DisposeAsync();
        await host.DisposeAsync();
    }

    [SkippableFact]
    public async Task A_source_goes_the_whole_way_and_back_while_its_legacy_changes()
    {
        var rig = Open(null);
        var chances = new Chances(3);
        rig.Legacy.Reading = _ =>
        {
            if (chances.OneIn(30))
                rig.Legacy.Change(chances, People);
        };
        // The invented facts are no valid FHIR; somebody answers for that.
        await rig.Stores.Migrations.BeginAsync(MigrationRig.WholePlan(), new LegacyLoad { Concurrency = 8 }, MigrationRig.Note, default);
        await rig.Stores.Migrations.DeclareAsync(
            new Equivalence("e1", "north", "loss:fhir", "dr-owner", "a test", rig.World.Clock.GetUtcNow().AddDays(1)), default);
        await RunAsync(rig);
        await rig.StartAsync();
        await UntilAsync(async () => await StateAsync(rig) == MigrationState.Following);

        await DoneAsync(rig.Director.VerifyAsync("north", MigrationRig.Note, default));
        await UntilAsync(async () => await StateAsync(rig) is MigrationState.Shadow or MigrationState.Following);
        (await rig.Stores.Migrations.DifferencesAsync((await rig.FindAsync()).Slices[0].Id, 10, default)).Should().BeEmpty();
        rig.Legacy.Reading = null;
        await UntilAsync(async () => (await rig.FindAsync()).Slices[0].RehearsedAt is not null);
        await DoneAsync(rig.Director.SwitchAsync("north", null, MigrationRig.Note, default));
        rig.Legacy.Withdraw(LegacyPeople.Key(2), LegacyPeople.LocalId(2, "lab"));
        await UntilAsync(async () => (await DifferencesAsync(rig)).Count == 0);
        await DoneAsync(rig.Director.ReverseAsync("north", null, MigrationRig.Note, default));
        await DoneAsync(rig.Director.VerifyAsync("north", MigrationRig.Note, default));
        await UntilAsync(async () => (await rig.FindAsync()).Slices[0].VerifiedAt is not null);
        await DoneAsync(rig.Director.SwitchAsync("north", null, MigrationRig.Note, default));

        (await rig.FindAsync()).Slices.Should().OnlyContain(static slice => slice.State == MigrationState.Switched && slice.ServedNationally);
    }

    [SkippableFact]
    public async Task Killed_again_and_again_it_ends_with_everybody_and_exact_counts()
    {
        var rig = Open(null);
        rig.Legacy.Takes = TimeSpan.FromMilliseconds(5);
        var chances = new Chances(17);
        rig.Legacy.Reading = _ =>
        {
            if (chances.OneIn(40))
                rig.Legacy.Change(chances, People);
        };
        await rig.StartAsync();
        for (var kills = 0; kills < 12 && await StateAsync(rig) == MigrationState.Copying; kills++)
        {
            var next = Open(rig);
            var node = await RunAsync(next);
            await Task.Delay(40 + chances.Below(160));
            await node.StopAsync(default);
        }
        rig.Legacy.Reading = null;
        await RunAsync(rig);

        await UntilAsync(async () => await StateAsync(rig) == MigrationState.Following);
        await UntilAsync(async () => (await DifferencesAsync(rig)).Count == 0);
        var slice = (await rig.FindAsync()).Slices[0];
        (slice.Copied, slice.Total).Should().Be((People, People));
        var counts = await rig.Stores.Copies.CountAsync(slice.Id, default);
        (counts.Patients, counts.Facts).Should().Be((People, rig.Legacy.Keys.Sum(key => rig.Legacy.Facts(key).Count)));
    }

    /// <summary>A node over the host's database; beside another one it shares its legacy.</summary>
    private protected MigrationRig Open(MigrationRig? beside)
    {
        // On SQLite one process is one node: the nodes of a test share its doors, one after the other.
        var stores = beside is not null && host is SqliteNationalHost ? beside.Stores : Stores(host.Open());
        var rig = new MigrationRig(beside, stores: stores);
        if (beside is null)
            rig.Legacy.Fill(People);
        rigs.Add(rig);
        return rig;
    }

    private static RigStores Stores(NationalNode node) => new(node.Moves, node.Copies, node.Leases);

    private protected async Task<IHostedService> RunAsync(MigrationRig rig)
    {
        var node = rig.Get<IHostedService>();
        running.Add(node);
        await node.StartAsync(default);
        return node;
    }

    private protected static async Task EqualAsync(MigrationRig rig) => (await DifferencesAsync(rig)).Should().BeEmpty();

    private static async Task<MigrationState> StateAsync(MigrationRig rig) => (await rig.FindAsync()).Slices[0].State;

    private static async Task<List<CopyDifference>> DifferencesAsync(MigrationRig rig)
    {
        var differences = new List<CopyDifference>();
        foreach (var key in rig.Legacy.Keys)
        {
            var held = await rig.Stores.Copies.ReadAsync("north", [key], default);
            var copy = held is [var patient] ? patient.Groups.GetValueOrDefault("all")?.Copy : null;
            differences.AddRange(CopyDiff.Between(new PatientCopy { Key = key, Entries = rig.Legacy.Facts(key) }, copy));
        }
        return differences;
    }

    private static async Task DoneAsync(Task<StepResult> order)
    {
        var result = await order;
        result.Should().BeOfType<StepResult.Done>(result is StepResult.Blocked blocked ? string.Join(',', blocked.Codes) : "");
    }

    private protected static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            tries.Should().BeLessThan(1_500, "it should have come within a minute");
            await Task.Delay(40);
        }
    }
}

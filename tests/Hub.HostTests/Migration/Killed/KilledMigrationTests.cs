using System.Globalization;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DmpFederation.Hub.HostTests.Migration.Killed;

/// <summary>Hubs that are killed (SIGKILL) while they copy, follow, switch and reverse, over legacy systems that go on changing.</summary>
public sealed class KilledMigrationTests(ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>How often hubs are killed at least, on each engine; <c>DMPFED_KILLS=100</c> for the long run.</summary>
    private static readonly int Deaths = int.Parse(Environment.GetEnvironmentVariable("DMPFED_KILLS") ?? "6", CultureInfo.InvariantCulture);

    private static readonly ulong FirstSeed = ulong.Parse(Environment.GetEnvironmentVariable("DMPFED_KILLS_SEED") ?? "2009", CultureInfo.InvariantCulture);

    private static readonly IReadOnlyList<string> Sources = ["dp", "picardie", "franche-comte"];

    private LivingLegacy legacy = null!;

    private static bool IsLong => Deaths >= 20;

    public async Task InitializeAsync() => legacy = await LivingLegacy.StartAsync(seed: 7, people: IsLong ? 60 : 24, Sources);

    public async Task DisposeAsync() => await legacy.DisposeAsync();

    [Fact]
    public Task A_migration_into_SQLite_ends_whole_however_often_the_hub_is_killed() => RunAsync(static () => (null, static () => Task.CompletedTask));

    [SkippableFact]
    public Task A_migration_into_PostgreSQL_ends_whole_however_often_the_hub_is_killed() => RunAsync(static () =>
    {
        var database = PostgreSqlDatabase.Create($"killed_{Guid.NewGuid():N}");
        return (database.PooledConnectionString, database.DropAsync);
    });

    private async Task RunAsync(Func<(string? ConnectionString, Func<Task> Drop)> open)
    {
        var kills = 0;
        for (var seed = FirstSeed; kills < Deaths; seed++)
        {
            var (connectionString, drop) = open();
            var folder = Directory.CreateTempSubdirectory("dmp-killed-").FullName;
            try
            {
                var settings = MortalHub.SettingsFor(legacy, folder, connectionString);
                await using (var hub = new MortalHub(legacy, Sources, settings))
                {
                    var migration = new KilledMigration(legacy, Sources, seed, hub, output);
                    await (IsLong ? migration.RunAsync(copying: 3, following: 2, turns: 8) : migration.RunAsync(copying: 1, following: 1, turns: 1));
                    kills += hub.Kills;
                }
                var reconciled = await Reconciliation.RunAsync(legacy, settings, Sources);
                output.WriteLine($"seed {seed}: {reconciled.Patients} copies, {reconciled.Facts} facts equal, {kills} kills until now");
                reconciled.Faults.Should().BeEmpty($"nothing is lost and nothing twice (seed {seed})");
                reconciled.Facts.Should().BeGreaterThan(300);
            }
            finally
            {
                await drop();
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}

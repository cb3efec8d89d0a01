using System.Diagnostics;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.National;
using DmpFederation.Hub.National.Copies.Writing;
using DmpFederation.Hub.National.Engine;
using DmpFederation.Sdk;
using Npgsql;

namespace DmpFederation.Benchmarks;

/// <summary>
/// Copies taken over into the national store, against the raw insert of the same rows into the same tables by the same door: without looking what is
/// held, hashes, the intake's check, fence or counters. Batch by batch in turn, so that both meet the same machine. Making the copies is not counted.
/// </summary>
internal static class CopyBenchmark
{
    /// <summary>Names the variable with the PostgreSQL to measure on; only SQLite is measured without it.</summary>
    private const string Server = "DMPFED_TEST_POSTGRES";

    /// <summary>The least part of the raw insert's rate that will do.</summary>
    private const double Goal = 0.3;

    private static readonly SliceId Slice = new("copied", "rest", "all");
    private static readonly SliceId Raw = Slice with { SourceId = "raw" };

    public static async Task<bool> RunAsync(int entries)
    {
        var folder = Directory.CreateTempSubdirectory("dmp-copies");
        try
        {
            var good = await MeasureAsync("SQLite", folder, null, entries);
            if (Environment.GetEnvironmentVariable(Server) is not { Length: > 0 } server)
            {
                Console.WriteLine($"PostgreSQL: not measured, {Server} is not set");
                return good;
            }
            var name = $"benchmark_copies_{Environment.ProcessId}";
            await ExecuteAsync(server, $"CREATE DATABASE {name}");
            try
            {
                var database = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
                return await MeasureAsync("PostgreSQL", folder, database, entries) && good;
            }
            finally
            {
                await ExecuteAsync(server, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<bool> MeasureAsync(string engine, DirectoryInfo folder, string? server, int entries)
    {
        await using var services = Services(folder, server);
        var store = services.GetRequiredService<ICopyStore>();
        await services.GetRequiredService<IMigrationStore>().BeginAsync(
            new MigrationPlan(
                Slice.SourceId, [new Wave(Slice.Wave, WaveKind.Rest)],
                [new CategoryGroup(Slice.Group, Enum.GetValues<EntryCategory>().ToHashSet())]),
            new LegacyLoad(), new StepNote("benchmark", null, null), default);
        await using var lease = (await services.GetRequiredService<IMigrationLeases>().TryTakeAsync($"slice/{Slice}", default))!;
        var made = new CopySupply();
        // The JIT settles first.
        for (var warm = 0; warm < 20; warm++)
            await TurnAsync(services, store, lease, made.Next());
        var (raw, path) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var done = 0; done < entries; done += CopySupply.PerBatch)
        {
            var (rawBatch, pathBatch) = await TurnAsync(services, store, lease, made.Next());
            (raw, path) = (raw + rawBatch, path + pathBatch);
            if (done * 4 / entries != (done + CopySupply.PerBatch) * 4 / entries)
                Console.WriteLine($"  {done + CopySupply.PerBatch,9:N0} entries, heap {GC.GetTotalMemory(false) >> 20} MiB, process {Environment.WorkingSet >> 20} MiB");
        }
        var counts = await store.CountAsync(Slice, default);
        var ratio = raw / path;
        Console.WriteLine(
            $"{engine}: {entries:N0} entries of {made.Size:N0} bytes · raw {entries / raw.TotalSeconds:N0}/s · copied {entries / path.TotalSeconds:N0}/s · "
            + $"ratio {ratio:F2} (goal {Goal}) · held {counts.Facts:N0}, refused {counts.Refused:N0}");
        return ratio >= Goal;
    }

    /// <summary>Puts one batch in raw, and takes it over.</summary>
    private static async Task<(TimeSpan Raw, TimeSpan Path)> TurnAsync(
        ServiceProvider services, ICopyStore store, IMigrationLease lease, IReadOnlyList<PatientCopy> copies)
    {
        var at = DateTimeOffset.UnixEpoch;
        var rows = RowsOf(copies, at);
        var began = Stopwatch.GetTimestamp();
        await services.GetRequiredService<NationalStore>().WriteAsync(
            async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                await db.CopyDoor.InsertAsync(
                    Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetDbConnection(db.Database),
                    Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(transaction), rows, default);
                await transaction.CommitAsync();
                return true;
            },
            default);
        var between = Stopwatch.GetTimestamp();
        await store.TakeOverAsync(new CopyBatch(Slice, copies, lease.Fence, at) { Checkpoint = copies[^1].Key.Value }, default);
        return (Stopwatch.GetElapsedTime(began, between), Stopwatch.GetElapsedTime(between));
    }

    /// <summary>The rows that taking these copies over writes when nothing is held.</summary>
    private static NewRows RowsOf(IReadOnlyList<PatientCopy> copies, DateTimeOffset at)
    {
        var diff = new CopyDiff(new NewRows(Raw.SourceId, Raw.Group, Raw.Wave, at));
        foreach (var copy in copies)
            diff.Add(PreparedCopy.Of(copy), null);
        return diff.Rows;
    }

    private static ServiceProvider Services(DirectoryInfo folder, string? server)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Connectors:StateFolder"] = folder.FullName,
            ["Storage:ConnectionString"] = server,
        }).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddOptions<ConnectorsOptions>().Bind(configuration.GetSection(ConnectorsOptions.Section));
        services.AddNationalStores(configuration);
        return services.BuildServiceProvider();
    }

    private static async Task ExecuteAsync(string server, string text)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync();
    }
}

using DmpFederation.Hub.National;
using DmpFederation.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace DmpFederation.Hub.Tests.National;

/// <summary>An empty national database on a real engine, and the nodes that share it.</summary>
public abstract class NationalHost : IAsyncDisposable
{
    private static int hosts;

    // Made when it is needed: a host that is skipped leaves none behind.
    private readonly Lazy<DirectoryInfo> folder = new(static () => Directory.CreateTempSubdirectory("dmp-national"));
    private readonly List<NationalNode> nodes = [];

    /// <summary>The state folder of the first node.</summary>
    public string StateFolder => folder.Value.FullName;

    protected abstract string? ConnectionString { get; }

    /// <summary>Settings beside the usual ones.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    /// <summary>A node, as another process would open the same database. On SQLite all share the state folder.</summary>
    internal NationalNode Open(TimeProvider? clock = null)
    {
        var settings = new Dictionary<string, string?>(Settings)
        {
            ["Connectors:StateFolder"] = folder.Value.FullName,
            ["Storage:ConnectionString"] = ConnectionString,
        };
        var node = new NationalNode(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), clock ?? TimeProvider.System);
        nodes.Add(node);
        return node;
    }

    /// <summary>Runs one statement beside the nodes.</summary>
    public abstract Task ExecuteAsync(string sql);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
            await node.DisposeAsync();
        await DropAsync();
        if (folder.IsValueCreated)
            folder.Value.Delete(recursive: true);
    }

    protected static string UniqueName() => $"national_{Environment.ProcessId}_{Interlocked.Increment(ref hosts)}";

    protected virtual Task DropAsync() => Task.CompletedTask;
}

public sealed class SqliteNationalHost : NationalHost
{
    public string File => Path.Combine(StateFolder, NationalRegistration.Store, NationalRegistration.Store + ".db");

    protected override string? ConnectionString => null;

    public override async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A connection of another process.</summary>
    public async Task<SqliteConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }
}

public sealed class PostgreSqlNationalHost : NationalHost
{
    private readonly PostgreSqlDatabase database = PostgreSqlDatabase.Create(UniqueName());

    /// <summary>With a pool, as a hub has.</summary>
    protected override string ConnectionString =>
        new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = true, MaxPoolSize = 8 }.ConnectionString;

    public override Task ExecuteAsync(string sql) => database.ExecuteAsync(sql);

    /// <summary>Lets nobody in any more, and those who are in go; or lets them in again.</summary>
    public async Task OpenToAsync(bool anybody)
    {
        await database.ExecuteOnServerAsync($"ALTER DATABASE {database.Name} ALLOW_CONNECTIONS {anybody}");
        if (!anybody)
            await database.ExecuteOnServerAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database.Name}'");
    }

    /// <summary>Lets those who come from now on read and not write.</summary>
    public Task ReadOnlyAsync(bool readOnly)
    {
        using (var connection = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(connection);
        return database.ExecuteOnServerAsync($"ALTER DATABASE {database.Name} SET default_transaction_read_only = {readOnly}");
    }

    protected override Task DropAsync() => database.DropAsync();
}

using Npgsql;
using Xunit;

namespace DmpFederation.TestKit;

/// <summary>An empty database of its own on the PostgreSQL the tests may fill.</summary>
public sealed class PostgreSqlDatabase
{
    /// <summary>Names the variable that holds the connection string.</summary>
    public const string Variable = "DMPFED_TEST_POSTGRES";

    private readonly string server;

    private PostgreSqlDatabase(string server, string name) => (this.server, Name) = (server, name);

    public string Name { get; }

    /// <summary>Without a pool: nothing stays open.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(server) { Database = Name }.ConnectionString;

    /// <summary>As an operator gives it to a hub, with a pool: for processes of their own, whose connections end with them.</summary>
    public string PooledConnectionString => new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = true }.ConnectionString;

    /// <summary>Makes one. Skips the test where there is no server.</summary>
    public static PostgreSqlDatabase Create(string name)
    {
        var configured = Environment.GetEnvironmentVariable(Variable);
        Skip.If(string.IsNullOrEmpty(configured), $"{Variable} holds no connection string");
        var database = new PostgreSqlDatabase($"{configured};Pooling=False", name);
        using var connection = new NpgsqlConnection(database.server);
        connection.Open();
        using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        command.ExecuteNonQuery();
        return database;
    }

    /// <summary>Runs one statement in it.</summary>
    public Task ExecuteAsync(string sql) => RunAsync(ConnectionString, sql);

    /// <summary>Runs one statement beside it, on the server.</summary>
    public Task ExecuteOnServerAsync(string sql) => RunAsync(server, sql);

    public Task DropAsync() => ExecuteOnServerAsync($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");

    private static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

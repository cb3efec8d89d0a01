using DmpFederation.LegacySystems.DossierPharmaceutique;
using DmpFederation.SyntheticFrance.Model;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace DmpFederation.Plugins.Tests.DossierPharmaceutique;

/// <summary>A host of the dossier pharmaceutique with an empty database of its own.</summary>
public abstract class DpHost : IDisposable
{
    private static int hosts;

    /// <summary>What a hub is given to read it.</summary>
    public abstract string Connection { get; }

    /// <summary>The host's application; the first one lays down the tables.</summary>
    internal abstract DpRegister Open();

    internal abstract IWorldWriter OpenWriter(TimeProvider clock);

    /// <summary>Makes a table that never ends, so that a reader hangs in the database itself.</summary>
    public abstract void MakeEndless();

    /// <summary>Locks the tables against readers until disposed.</summary>
    public abstract IDisposable Lock();

    /// <summary>Runs one statement as the host.</summary>
    public abstract void Execute(string sql);

    public abstract void Dispose();

    protected static string UniqueName() => $"dp_{Environment.ProcessId}_{Interlocked.Increment(ref hosts)}";
}

public sealed class SqliteDpHost : DpHost
{
    private readonly string folder = Directory.CreateTempSubdirectory("dp-tests-").FullName;

    public string File => Path.Combine(folder, DossierPharmaceutiqueSystem.FileName);

    public override string Connection => $"Data Source={File}";

    internal override DpRegister Open() => DossierPharmaceutiqueSystem.OpenRegister(File);

    internal override IWorldWriter OpenWriter(TimeProvider clock) => DossierPharmaceutiqueSystem.OpenWriter(folder, clock);

    public override void MakeEndless() => Execute("""
        ALTER TABLE dossier RENAME TO dossier_ancien;
        CREATE VIEW dossier AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
          SELECT 'x' AS numero_dp, '-' || i AS ins_nir, 'O' AS etat FROM n;
        """);

    public override IDisposable Lock()
    {
        // Exclusive locking keeps even readers of a write-ahead log out.
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE; UPDATE compteur SET valeur = valeur;";
        command.ExecuteNonQuery();
        return connection;
    }

    public override void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public override void Dispose() => Directory.Delete(folder, recursive: true);
}

public sealed class PostgreSqlDpHost : DpHost
{
    /// <summary>Names the variable that holds the connection string of a PostgreSQL the tests may fill.</summary>
    public const string Variable = "DMPFED_TEST_POSTGRES";

    private readonly string server;
    private readonly string schema = UniqueName();
    private bool made;

    public PostgreSqlDpHost()
    {
        var configured = Environment.GetEnvironmentVariable(Variable);
        Skip.If(string.IsNullOrEmpty(configured), $"{Variable} holds no connection string");
        server = $"{configured};Pooling=False";
        Run(server, $"CREATE SCHEMA {schema}");
    }

    public override string Connection =>
        $"{Environment.GetEnvironmentVariable(Variable)};Search Path={schema};Application Name={schema}";

    internal override DpRegister Open()
    {
        var register = DpRegister.Open(new NpgsqlConnection($"{server};Search Path={schema}"), empty: !made);
        made = true;
        return register;
    }

    internal override IWorldWriter OpenWriter(TimeProvider clock) =>
        DossierPharmaceutiqueSystem.OpenPostgresWriter($"{server};Search Path={schema}", clock);

    public override void MakeEndless() => Execute("""
        ALTER TABLE dossier RENAME TO dossier_ancien;
        CREATE VIEW dossier AS SELECT 'x' AS numero_dp, pg_sleep(60)::text AS ins_nir, 'O' AS etat;
        """);

    public override IDisposable Lock()
    {
        var connection = new NpgsqlConnection($"{server};Search Path={schema}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN; LOCK TABLE dossier, dispensation IN ACCESS EXCLUSIVE MODE;";
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Cuts the connections of those who read this host, and of nobody else: other tests read theirs meanwhile.</summary>
    public void CutReaders() => Execute($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{schema}'");

    public override void Execute(string sql) => Run($"{server};Search Path={schema}", sql);

    public override void Dispose() => Run(server, $"DROP SCHEMA {schema} CASCADE");

    private static void Run(string connectionString, string sql)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

using DmpFederation.SyntheticFrance.Model;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace DmpFederation.LegacySystems.DossierPharmaceutique;

/// <summary>
/// The dossier pharmaceutique's host: a relational database of dispensed boxes. It is read over the database's own protocol: no server here.
/// </summary>
internal static class DossierPharmaceutiqueSystem
{
    /// <summary>Id of the source, and verb of the executable.</summary>
    public const string Name = "dp";

    /// <summary>Database file in the system's folder.</summary>
    public const string FileName = "dp.sqlite";

    /// <summary>Writes the whole world into a new SQLite file of a folder.</summary>
    public static void Write(IEnumerable<SyntheticPatient> world, string folder)
    {
        using var writer = OpenWriter(folder);
        foreach (var patient in world)
            writer.Add(patient);
    }

    /// <summary>A writer into a new SQLite file of a folder; one that is there is replaced.</summary>
    /// <param name="folder">Created when missing.</param>
    /// <param name="clock">Day on which a hidden line counts as refused or as out of its window; null for the machine's.</param>
    public static IWorldWriter OpenWriter(string folder, TimeProvider? clock = null)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        foreach (var file in new[] { path, path + "-wal", path + "-shm" })
            File.Delete(file);
        return new DpWorldWriter(OpenRegister(path), Today(clock));
    }

    /// <summary>A writer into an empty PostgreSQL database (or schema, by <c>Search Path</c>).</summary>
    public static IWorldWriter OpenPostgresWriter(string connectionString, TimeProvider? clock = null) =>
        new DpWorldWriter(DpRegister.Open(new NpgsqlConnection(connectionString), empty: true), Today(clock));

    /// <summary>The host's application on a SQLite file, created when missing.</summary>
    public static DpRegister OpenRegister(string path)
    {
        var empty = !File.Exists(path);
        var connection = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString;
        var register = DpRegister.Open(new SqliteConnection(connection), empty);
        // Readers go on while the host writes.
        register.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
        return register;
    }

    private static DateOnly Today(TimeProvider? clock) => DateOnly.FromDateTime((clock ?? TimeProvider.System).GetUtcNow().UtcDateTime);
}

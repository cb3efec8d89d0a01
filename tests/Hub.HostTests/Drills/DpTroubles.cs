using DmpFederation.Hub.Federation;
using DmpFederation.LegacySystems.DossierPharmaceutique;
using DmpFederation.Sdk;
using Microsoft.Data.Sqlite;

namespace DmpFederation.Hub.HostTests.Drills;

/// <summary>What befalls the dossier pharmaceutique's database file. The file itself is left alone: a copy takes its place.</summary>
internal static class DpTroubles
{
    private const string Source = DossierPharmaceutiqueSystem.Name;

    public static IReadOnlyList<FileTrouble> All { get; } =
    [
        new(Source, "is away", SourceStatus.Failed, SourceFaultCodes.Unreachable, static world => new SetAside(FolderOf(world))),
        new(Source, "is no database", SourceStatus.Failed, SourceFaultCodes.BadAnswer, static world =>
            InItsPlace(world, static path => File.WriteAllBytes(path, Garbage.Bytes(64 << 10)))),
        new(Source, "was cut in half", SourceStatus.Failed, SourceFaultCodes.BadAnswer, static world => InItsPlace(world, static path =>
        {
            using var file = File.Open(path, FileMode.Open);
            file.SetLength(file.Length / 2);
        })),
        new(Source, "is locked by its host, which writes", SourceStatus.Failed, SourceFaultCodes.Unreachable, Locked),
        new(Source, "hangs in the database", SourceStatus.TimedOut, SourceReason.Deadline, static world => Copied(world, """
            ALTER TABLE dossier RENAME TO dossier_ancien;
            CREATE VIEW dossier AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
              SELECT 'x' AS numero_dp, '-' || i AS ins_nir, 'O' AS etat FROM n;
            """)),
    ];

    /// <summary>A copy that was changed by its host in some way.</summary>
    public static SetAside Copied(DrillWorld world, string sql) => InItsPlace(world, path =>
    {
        using var host = Host(path);
        Run(host, sql);
    });

    private static Mended Locked(DrillWorld world)
    {
        var aside = InItsPlace(world, static _ => { });
        var host = Host(world.Systems.DpDatabase);
        Run(host, "BEGIN EXCLUSIVE; UPDATE compteur SET valeur = valeur;");
        return new Mended(host.Dispose, aside.Dispose);
    }

    /// <summary>Makes a copy outside the folder, spoils it and puts it in the place of the file, so that nobody sees it half made.</summary>
    private static SetAside InItsPlace(DrillWorld world, Action<string> spoil)
    {
        var made = Path.Combine(world.Folder, "dp-made.sqlite");
        using (var host = Host(world.Systems.DpDatabase))
            Run(host, $"VACUUM INTO '{made}';");
        // Not a write-ahead log, under which readers never wait.
        using (var copy = Host(made))
            Run(copy, "PRAGMA journal_mode = DELETE;");
        spoil(made);
        var aside = new SetAside(FolderOf(world));
        Directory.CreateDirectory(FolderOf(world));
        File.Move(made, world.Systems.DpDatabase);
        return aside;
    }

    private static string FolderOf(DrillWorld world) => Path.GetDirectoryName(world.Systems.DpDatabase)!;

    private static SqliteConnection Host(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

using System.Globalization;
using DmpFederation.SyntheticFrance.Model;
using Microsoft.Data.Sqlite;

namespace DmpFederation.LegacySystems.WebMedecin;

/// <summary>
/// The service's own storage (one SQLite file). Readers open it for each question, so they see what a writer of another process has stored meanwhile.
/// </summary>
internal sealed class ReimbursementRegister(string folder)
{
    private const string LineColumns = """
        l.numero, l.assure, l.nature, l.jour, l.fin, l.systeme, l.code, l.libelle, l.groupe, l.quantite, l.identifiant,
        e.rpps, e.nom, e.prenom, e.specialite, e.finess, e.structure, p.rpps, p.nom, p.prenom, p.specialite, p.finess, p.structure
        """;

    private const string LineTables = """
        ligne l JOIN professionnel e ON e.rpps = l.executant LEFT JOIN professionnel p ON p.rpps = l.prescripteur
        """;

    private string File => Path.Combine(folder, "remboursements.db");

    internal bool Exists => System.IO.File.Exists(File);

    /// <summary>Opens the register for writing, making it when it is not there.</summary>
    internal SqliteConnection OpenForWriting()
    {
        Directory.CreateDirectory(folder);
        var isNew = !Exists;
        var connection = Open(SqliteOpenMode.ReadWriteCreate);
        Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;" + (isNew ? WebMedecinSchema.Create : ""));
        return connection;
    }

    internal SqliteConnection OpenForReading() => Open(SqliteOpenMode.ReadWrite);

    internal void Delete()
    {
        foreach (var suffix in (string[])["", "-wal", "-shm"])
        {
            if (Directory.Exists(folder))
                System.IO.File.Delete(File + suffix);
        }
    }

    /// <summary>The patient of a key; null when the service does not know it.</summary>
    internal static Insured? Find(SqliteConnection connection, string oid, string matricule)
    {
        using var command = Prepared(
            connection, "SELECT numero, oid, matricule, identite FROM assure WHERE matricule = $p0 AND oid = $p1", matricule, oid);
        using var reader = command.ExecuteReader();
        return reader.Read() ? InsuredOf(reader, 0) : null;
    }

    /// <summary>Patients after a matricule, in its order.</summary>
    internal static IReadOnlyList<(string Oid, string Matricule)> List(SqliteConnection connection, string after, int count)
    {
        using var command = Prepared(
            connection, "SELECT oid, matricule FROM assure WHERE matricule > $p0 ORDER BY matricule LIMIT $p1", after, count);
        using var reader = command.ExecuteReader();
        var patients = new List<(string, string)>();
        while (reader.Read())
            patients.Add((reader.GetString(0), reader.GetString(1)));
        return patients;
    }

    /// <summary>Standing lines of a patient between two days, in the order their ranks are counted in.</summary>
    internal static IReadOnlyList<ReimbursedLineRow> Lines(SqliteConnection connection, long file, DateOnly from, DateOnly to)
    {
        using var command = Prepared(
            connection,
            $"SELECT {LineColumns} FROM {LineTables} WHERE l.assure = $p0 AND l.jour BETWEEN $p1 AND $p2 AND l.annulee = 0 ORDER BY l.jour, l.numero",
            file, Day(from), Day(to));
        using var reader = command.ExecuteReader();
        var lines = new List<ReimbursedLineRow>();
        while (reader.Read())
            lines.Add(LineOf(reader));
        return lines;
    }

    /// <summary>A line by its number; null when there is none or it was withdrawn.</summary>
    internal static ReimbursedLineRow? Line(SqliteConnection connection, long number)
    {
        using var command = Prepared(
            connection, $"SELECT {LineColumns} FROM {LineTables} WHERE l.numero = $p0 AND l.annulee = 0", number);
        using var reader = command.ExecuteReader();
        return reader.Read() ? LineOf(reader) : null;
    }

    /// <summary>Standing lines without an id that a reader cannot tell from this one, in the order of their ranks.</summary>
    internal static IReadOnlyList<ReimbursedLineRow> LinesLike(SqliteConnection connection, ReimbursedLineRow line) =>
        [.. Lines(connection, line.File, line.Day, line.Day).Where(other => other.Identifier is null && other.IsLike(line))];

    /// <summary>Lowest number the journal holds (one more than the last when it holds none), and the number given last.</summary>
    internal static (long First, long Last) JournalEnds(SqliteConnection connection)
    {
        using var command = Prepared(
            connection, "SELECT (SELECT MIN(seq) FROM journal), (SELECT seq FROM sqlite_sequence WHERE name = 'journal')");
        using var reader = command.ExecuteReader();
        reader.Read();
        var last = reader.IsDBNull(1) ? 0 : reader.GetInt64(1);
        return (reader.IsDBNull(0) ? last + 1 : reader.GetInt64(0), last);
    }

    /// <summary>The journal after a number, each entry with its line (withdrawn or not) and patient.</summary>
    internal static IReadOnlyList<JournalEntry> Journal(SqliteConnection connection, long after, int count)
    {
        using var command = Prepared(
            connection,
            $"""
            SELECT j.seq, j.rang, j.action, l.annulee, a.numero, a.oid, a.matricule, a.identite, {LineColumns}
            FROM {LineTables} JOIN journal j ON j.ligne = l.numero JOIN assure a ON a.numero = l.assure
            WHERE j.seq > $p0 ORDER BY j.seq LIMIT $p1
            """,
            after, count);
        using var reader = command.ExecuteReader();
        var entries = new List<JournalEntry>();
        while (reader.Read())
        {
            entries.Add(new JournalEntry(
                reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetInt32(1), reader.GetString(2), reader.GetInt32(3) != 0,
                InsuredOf(reader, 4), LineOf(reader, 8)));
        }
        return entries;
    }

    internal static SqliteCommand Prepared(SqliteConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"$p{index}"), values[index] ?? DBNull.Value);
        return command;
    }

    internal static void Run(SqliteConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Prepared(connection, sql, values);
        command.ExecuteNonQuery();
    }

    internal static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static ReimbursedLineRow LineOf(SqliteDataReader reader, int at = 0) => new()
    {
        Number = reader.GetInt64(at),
        File = reader.GetInt64(at + 1),
        Nature = reader.GetString(at + 2),
        Day = DayOf(reader.GetString(at + 3)),
        End = reader.IsDBNull(at + 4) ? null : DayOf(reader.GetString(at + 4)),
        System = reader.GetString(at + 5),
        Code = reader.GetString(at + 6),
        Label = reader.GetString(at + 7),
        Group = reader.IsDBNull(at + 8) ? null : reader.GetString(at + 8),
        Quantity = reader.IsDBNull(at + 9) ? null : reader.GetInt32(at + 9),
        Identifier = reader.IsDBNull(at + 10) ? null : reader.GetString(at + 10),
        Performer = AuthorOf(reader, at + 11)!,
        Prescriber = AuthorOf(reader, at + 17),
    };

    private static SyntheticAuthor? AuthorOf(SqliteDataReader reader, int at) => reader.IsDBNull(at) ? null : new SyntheticAuthor(
        reader.GetString(at), reader.GetString(at + 1), reader.GetString(at + 2), reader.GetString(at + 3), reader.GetString(at + 4),
        reader.GetString(at + 5));

    private static Insured InsuredOf(SqliteDataReader reader, int at) =>
        new(reader.GetInt64(at), reader.GetString(at + 1), reader.GetString(at + 2), reader.GetString(at + 3));

    private static DateOnly DayOf(string text) => DateOnly.ParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture);

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}

/// <summary>A patient of the service.</summary>
/// <param name="Number">Number of the file.</param>
/// <param name="Oid">Assigning authority of the matricule.</param>
/// <param name="Matricule">The number.</param>
/// <param name="Identity">The recordTarget of documents, as XML.</param>
internal sealed record Insured(long Number, string Oid, string Matricule, string Identity);

/// <summary>An entry of the journal.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Rank">Rank of the line among its equals; null when it has an id.</param>
/// <param name="Action">A, C or S.</param>
/// <param name="IsWithdrawn">True when the line does not stand any more.</param>
/// <param name="Patient">Whose.</param>
/// <param name="Line">The line.</param>
internal sealed record JournalEntry(long Number, int? Rank, string Action, bool IsWithdrawn, Insured Patient, ReimbursedLineRow Line);

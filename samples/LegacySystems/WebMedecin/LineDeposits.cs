using System.Xml.Linq;
using DmpFederation.LegacySystems.FrancheComte;
using DmpFederation.SyntheticFrance.Model;
using Microsoft.Data.Sqlite;
using static DmpFederation.LegacySystems.WebMedecin.ReimbursementRegister;

namespace DmpFederation.LegacySystems.WebMedecin;

/// <summary>
/// Every change of the register, written with its journal. A reader knows a line without an id by its rank among its equals, so taking one away is
/// told as readers see it: those behind it are corrected (each now says what the next one said) and the last rank is withdrawn.
/// SQLite lets one writer in at a time, so the order of the journal is the order of the commits. Not thread-safe. What is not committed is undone.
/// </summary>
internal sealed class LineDeposits(SqliteConnection connection) : IDisposable
{
    // The plus signs keep SQLite from the index of the ids: it takes the lines without one for a few, and they are nearly all.
    internal const string CountSql =
        """
        SELECT COUNT(*) FROM ligne WHERE assure = $p0 AND jour = $p1 AND nature = $p2 AND systeme = $p3 AND code = $p4
          AND +identifiant IS NULL AND annulee = 0 AND +numero <= $p5
        """;

    private readonly HashSet<string> professionals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SqliteCommand> commands = new(StringComparer.Ordinal);
    private SqliteTransaction transaction = connection.BeginTransaction();

    /// <summary>Makes what was written last, and begins anew.</summary>
    internal void Commit()
    {
        transaction.Commit();
        transaction.Dispose();
        transaction = connection.BeginTransaction();
    }

    /// <summary>Makes a patient known.</summary>
    /// <param name="oid">Assigning authority of the matricule.</param>
    /// <param name="matricule">The number.</param>
    /// <param name="person">Identity traits.</param>
    /// <param name="number">Number of the file; null for the next free one.</param>
    /// <returns>Number of the file.</returns>
    internal long Know(string oid, string matricule, RecordedIdentity person, long? number = null)
    {
        // A number may already be somebody's: a child filed under the insured parent's gets the parent's file.
        if (Find(connection, oid, matricule) is { } known)
            return known.Number;
        var identity = CdaHeader.RecordTarget(oid, matricule, person).ToString(SaveOptions.DisableFormatting);
        Run("INSERT INTO assure (numero, oid, matricule, identite) VALUES ($p0, $p1, $p2, $p3)", number, oid, matricule, identity);
        return LastNumber();
    }

    /// <returns>Number of the line.</returns>
    internal long Add(ReimbursedLineRow line)
    {
        Know(line.Performer);
        if (line.Prescriber is { } prescriber)
            Know(prescriber);
        Run(
            """
            INSERT INTO ligne (assure, nature, jour, fin, systeme, code, libelle, groupe, quantite, identifiant, executant, prescripteur)
            VALUES ($p0, $p1, $p2, $p3, $p4, $p5, $p6, $p7, $p8, $p9, $p10, $p11)
            """,
            line.File, line.Nature, Day(line.Day), line.End is { } end ? Day(end) : null, line.System, line.Code, line.Label, line.Group,
            line.Quantity, line.Identifier, line.Performer.Rpps, line.Prescriber?.Rpps);
        var number = LastNumber();
        Journal(number, RankOf(line with { Number = number }), 'A');
        return number;
    }

    /// <summary>Corrects a standing line. A line without an id that becomes another thing is withdrawn and added.</summary>
    /// <returns>Number of the line as it stands now.</returns>
    internal long Correct(ReimbursedLineRow before, ReimbursedLineRow after)
    {
        if (before.Identifier is null && !before.IsLike(after))
        {
            Withdraw(before);
            return Add(after);
        }
        Know(after.Performer);
        if (after.Prescriber is { } prescriber)
            Know(prescriber);
        Run(
            """
            UPDATE ligne SET jour = $p1, fin = $p2, systeme = $p3, code = $p4, libelle = $p5, groupe = $p6, quantite = $p7,
              executant = $p8, prescripteur = $p9
            WHERE numero = $p0
            """,
            before.Number, Day(after.Day), after.End is { } end ? Day(end) : null, after.System, after.Code, after.Label, after.Group, after.Quantity,
            after.Performer.Rpps, after.Prescriber?.Rpps);
        Journal(before.Number, RankOf(after with { Number = before.Number }), 'C');
        return before.Number;
    }

    /// <summary>Withdraws a standing line.</summary>
    internal void Withdraw(ReimbursedLineRow line)
    {
        var rank = RankOf(line);
        var equals = CountOf(line, long.MaxValue);
        Run("UPDATE ligne SET annulee = 1 WHERE numero = $p0", line.Number);
        if (rank is not { } first)
        {
            Journal(line.Number, null, 'S');
            return;
        }
        for (var moved = first; moved < equals; moved++)
            Journal(line.Number, moved, 'C');
        Journal(line.Number, equals, 'S');
    }

    /// <summary>Forgets the journal up to a number.</summary>
    internal void Purge(long upTo) => Run("DELETE FROM journal WHERE seq <= $p0", upTo);

    public void Dispose()
    {
        foreach (var command in commands.Values)
            command.Dispose();
        transaction.Dispose();
        connection.Dispose();
    }

    private int? RankOf(ReimbursedLineRow line) => line.Identifier is null ? CountOf(line, line.Number) : null;

    /// <summary>How many standing lines without an id, up to a number, a reader cannot tell from this one.</summary>
    private int CountOf(ReimbursedLineRow line, long upTo) =>
        (int)Number(CountSql, line.File, Day(line.Day), line.Nature, line.System, line.Code, upTo);

    private void Know(SyntheticAuthor author)
    {
        if (!professionals.Add(author.Rpps))
            return;
        Run(
            """
            INSERT INTO professionnel (rpps, nom, prenom, specialite, finess, structure)
            VALUES ($p0, $p1, $p2, $p3, $p4, $p5) ON CONFLICT DO NOTHING
            """,
            author.Rpps, author.FamilyName, author.GivenName, author.Specialty, author.Finess, author.OrganizationName);
    }

    private void Journal(long line, int? rank, char action) =>
        Run("INSERT INTO journal (ligne, rang, action) VALUES ($p0, $p1, $p2)", line, rank, action.ToString());

    private long LastNumber() => Number("SELECT last_insert_rowid()");

    private void Run(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteNonQuery();

    private long Number(string sql, params ReadOnlySpan<object?> values) => (long)Command(sql, values).ExecuteScalar()!;

    // Prepared once: a world writes millions of lines.
    private SqliteCommand Command(string sql, ReadOnlySpan<object?> values)
    {
        if (!commands.TryGetValue(sql, out var command))
            commands.Add(sql, command = Prepared(connection, sql, values));
        for (var index = 0; index < values.Length; index++)
            command.Parameters[index].Value = values[index] ?? DBNull.Value;
        command.Transaction = transaction;
        return command;
    }
}

using System.Security.Cryptography;
using System.Text;
using DmpFederation.Plugins.ReseauDiabete.Exports;
using DmpFederation.Plugins.ReseauDiabete.Rows;
using Microsoft.Data.Sqlite;

namespace DmpFederation.Plugins.ReseauDiabete.Index;

/// <summary>
/// Takes one export into the index inside one transaction: readers see the week before until it is committed. A row counts when its version is
/// higher than what the index holds of its number, so a week sent again or late changes nothing that a later one said.
/// </summary>
internal sealed class ExportIntake : IDisposable
{
    /// <summary>Stands between two stored fields; no row may hold a control character.</summary>
    public const char FieldEnd = '\u001F';

    private readonly SqliteTransaction transaction;
    private readonly SqliteCommand findRecord;
    private readonly SqliteCommand putRecord;
    private readonly SqliteCommand findPatient;
    private readonly SqliteCommand putPatient;
    private readonly SqliteCommand putUnreadable;
    private readonly SqliteCommand dropUnreadable;
    private readonly SqliteConnection connection;
    private readonly string export;
    private long place;

    public ExportIntake(SqliteConnection connection, string export)
    {
        this.connection = connection;
        this.export = export;
        transaction = connection.BeginTransaction();
        findRecord = Prepared(
            "SELECT ins_c, version, stands, fields, shown FROM record WHERE number = $0 ORDER BY version DESC, stands DESC LIMIT 1", 1);
        putRecord = Prepared(
            "INSERT OR REPLACE INTO record (ins_c, number, version, stands, fields, place, shown) VALUES ($0, $1, $2, $3, $4, $5, $6)", 7);
        findPatient = Prepared("SELECT ins_c, version, stands, fields FROM patient WHERE number = $0", 1);
        putPatient = Prepared("INSERT OR REPLACE INTO patient (number, ins_c, version, stands, fields) VALUES ($0, $1, $2, $3, $4)", 5);
        putUnreadable = Prepared(
            """
            INSERT INTO unreadable (place, export, file, line, code, reason, raw, ins_c, number, version)
            VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9)
            """, 10);
        dropUnreadable = Prepared("DELETE FROM unreadable WHERE number = $0 AND version <= $1", 2);
        place = Scalar("SELECT COALESCE((SELECT last_place FROM delivery ORDER BY id DESC LIMIT 1), 0)");
        // The same export with other content: what could not be read of it is judged anew.
        using var clear = Prepared("DELETE FROM unreadable WHERE export = $0", 1);
        Run(clear, export);
    }

    /// <summary>Takes one row.</summary>
    public void Take(ExportRow row, ExportKind kind, string file, Encoding encoding)
    {
        if (row.Problem is { } problem)
            Keep(row, problem, kind, file, encoding);
        else if (kind == ExportKind.Patients)
            TakePatient(row, file, encoding);
        else
            TakeRecord(row, file, encoding);
    }

    /// <summary>Ends the transaction with the export's line.</summary>
    /// <param name="trailer">Of the follow-up file.</param>
    /// <param name="digest">Of both files.</param>
    public void Commit(ExportTrailer trailer, string digest)
    {
        var before = Text("SELECT chain FROM delivery ORDER BY id DESC LIMIT 1") ?? "";
        var chain = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{before}\n{export}\n{digest}")).AsSpan(0, 12));
        using var add = Prepared("INSERT INTO delivery (export, moment, previous, digest, chain, last_place) VALUES ($0, $1, $2, $3, $4, $5)", 6);
        Run(add, export, trailer.Moment.ToUnixTimeSeconds(), trailer.Previous, digest, chain, place);
        transaction.Commit();
    }

    public void Dispose()
    {
        foreach (var command in (SqliteCommand[])[findRecord, putRecord, findPatient, putPatient, putUnreadable, dropUnreadable])
            command.Dispose();
        transaction.Dispose();
    }

    private void TakeRecord(ExportRow row, string file, Encoding encoding)
    {
        var (number, version, key) = (row.Head.Number!, row.Head.Version!.Value, row.Head.InsC!);
        var stands = row.Head.Action != RowAction.Withdrawn;
        var fields = stands ? string.Join(FieldEnd, row.Fields!) : "";
        (string Key, long Version, bool Stands, string Fields, bool Shown)? held = null;
        findRecord.Parameters[0].Value = number;
        using (var reader = findRecord.ExecuteReader())
        {
            if (reader.Read())
                held = (reader.GetString(0), reader.GetInt64(1), reader.GetBoolean(2), reader.GetString(3), reader.GetBoolean(4));
        }
        if (held is { } known && known.Version >= version)
        {
            if (known.Version == version && (known.Stands != stands || (stands && !SaysTheSame(known.Fields, fields))))
                Keep(row, RowProblem.Version(), ExportKind.FollowUp, file, encoding);
            return;
        }
        // Filed under another patient until now: gone there first.
        if (held is { } moved && moved.Key != key)
            Run(putRecord, moved.Key, number, version, 0, "", ++place, moved.Shown ? 1 : 0);
        var shown = stands || (held is { Shown: true } same && same.Key == key);
        Run(putRecord, key, number, version, stands ? 1 : 0, fields, ++place, shown ? 1 : 0);
        Run(dropUnreadable, number, version);
    }

    private void TakePatient(ExportRow row, string file, Encoding encoding)
    {
        var (number, version, key) = (row.Head.Number!, row.Head.Version!.Value, row.Head.InsC!);
        var stands = row.Head.Action != RowAction.Withdrawn;
        var fields = stands ? string.Join(FieldEnd, row.Fields!) : "";
        (string Key, long Version, bool Stands, string Fields)? held = null;
        findPatient.Parameters[0].Value = number;
        using (var reader = findPatient.ExecuteReader())
        {
            if (reader.Read())
                held = (reader.GetString(0), reader.GetInt64(1), reader.GetBoolean(2), reader.GetString(3));
        }
        if (held is { } known && known.Version >= version)
        {
            if (known.Version == version && (known.Stands != stands || (stands && !SaysTheSame(known.Fields, fields))))
                Keep(row, RowProblem.Version(), ExportKind.Patients, file, encoding);
            return;
        }
        var others = held is { } before && before.Key != key ? before.Key : null;
        var (closed, otherClosed) = (IsClosed(key), others is not null && IsClosed(others));
        Run(putPatient, number, key, version, stands ? 1 : 0, fields);
        if (IsClosed(key) != closed)
            Touch(key);
        if (others is not null && IsClosed(others) != otherClosed)
            Touch(others);
    }

    private bool IsClosed(string key)
    {
        using var command = Prepared($"SELECT {IndexQuestions.Closed("$0")}", 1);
        command.Parameters[0].Value = key;
        return (long)command.ExecuteScalar()! == 1;
    }

    /// <summary>A patient left the network, or came back: each of their standing records changed for whoever follows.</summary>
    private void Touch(string key)
    {
        var numbers = new List<string>();
        using (var list = Prepared("SELECT number FROM record WHERE ins_c = $0 AND stands = 1 ORDER BY number", 1))
        {
            list.Parameters[0].Value = key;
            using var reader = list.ExecuteReader();
            while (reader.Read())
                numbers.Add(reader.GetString(0));
        }
        using var move = Prepared("UPDATE record SET place = $0 WHERE ins_c = $1 AND number = $2", 3);
        foreach (var number in numbers)
            Run(move, ++place, key, number);
    }

    private void Keep(ExportRow row, RowProblem problem, ExportKind kind, string file, Encoding encoding) =>
        Run(
            putUnreadable, ++place, export, file, row.Line, problem.Code, problem.Reason, encoding.GetBytes(row.Raw), row.Head.InsC,
            kind == ExportKind.FollowUp ? row.Head.Number : null, row.Head.Version);

    /// <summary>Creation or correction is how a row came, not what it says.</summary>
    private static bool SaysTheSame(string left, string right) => WithoutAction(left) == WithoutAction(right);

    private static string WithoutAction(string fields)
    {
        var parts = fields.Split(FieldEnd);
        parts[RowColumns.Action] = "";
        return string.Join(FieldEnd, parts);
    }

    private long Scalar(string sql)
    {
        using var command = Prepared(sql, 0);
        return (long)command.ExecuteScalar()!;
    }

    private string? Text(string sql)
    {
        using var command = Prepared(sql, 0);
        return command.ExecuteScalar() as string;
    }

    private SqliteCommand Prepared(string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        for (var index = 0; index < parameters; index++)
            command.Parameters.Add(new SqliteParameter($"${index}", null));
        return command;
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var index = 0; index < values.Length; index++)
            command.Parameters[index].Value = values[index] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }
}

using DmpFederation.Plugins.ReseauDiabete.Facts;
using DmpFederation.Sdk;
using Microsoft.Data.Sqlite;

namespace DmpFederation.Plugins.ReseauDiabete.Index;

/// <summary>One view of the index: everything read through it is of one moment, whatever is taken meanwhile.</summary>
internal sealed class IndexReader : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteTransaction view;

    private IndexReader(SqliteConnection connection)
    {
        this.connection = connection;
        view = connection.BeginTransaction(deferred: true);
    }

    public static IndexReader Open(IndexFile file)
    {
        var connection = file.OpenForReading();
        try
        {
            return new IndexReader(connection);
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>When the network took the newest export.</summary>
    public DateTimeOffset? AsOf() => Scalar(IndexQuestions.AsOf) is long seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>True when an export is missing between those that came.</summary>
    public bool LacksAnExport() => Scalar(IndexQuestions.MissingExport) is not null;

    /// <summary>Fields of the patient lines under a key.</summary>
    public List<string[]> Patients(string insC) => Rows(IndexQuestions.Patients, insC, Fields);

    /// <summary>Fields of the standing records of a patient.</summary>
    public List<string[]> Records(string insC) => Rows(IndexQuestions.Records, insC, Fields);

    /// <summary>What could not be read and names this patient.</summary>
    public List<Unreadable> Unreadable(string insC, string system) => Rows(IndexQuestions.Unreadable, insC, reader => UnreadableOf(reader, system));

    /// <summary>Keys after one, in order.</summary>
    public List<string> Keys(string after, int limit)
    {
        using var command = Asked(IndexQuestions.Directory, after, limit);
        using var reader = command.ExecuteReader();
        var keys = new List<string>();
        while (reader.Read())
            keys.Add(reader.GetString(0));
        return keys;
    }

    /// <summary>The cursor of now.</summary>
    public ChangeCursor Now() => Last() is { } last ? CursorOf(last) : new ChangeCursor("", 0);

    /// <summary>The place of the last change.</summary>
    public long? Last()
    {
        using var command = Asked(IndexQuestions.LastDelivery);
        using var reader = command.ExecuteReader();
        return reader.Read() ? reader.GetInt64(1) : null;
    }

    /// <exception cref="SourceFaultException">The index never took what the cursor saw.</exception>
    public long PlaceOf(ChangeCursor cursor)
    {
        if (cursor.Chain.Length == 0)
            return 0;
        using var command = Asked(IndexQuestions.PlaceOfChain, cursor.Chain);
        using var reader = command.ExecuteReader();
        return reader.Read() && reader.GetInt64(1) + cursor.Seen is var place && place <= reader.GetInt64(0)
            ? place
            : throw new SourceFaultException(SourceFaultCodes.CursorExpired);
    }

    public ChangeCursor CursorOf(long place)
    {
        using var command = Asked(IndexQuestions.ChainOfPlace, place);
        using var reader = command.ExecuteReader();
        return reader.Read() ? new ChangeCursor(reader.GetString(0), place - reader.GetInt64(1)) : new ChangeCursor("", 0);
    }

    /// <summary>Changes after a place, in order.</summary>
    public List<IndexChange> Changes(long after, long last, int limit, string system)
    {
        using var command = Asked(IndexQuestions.Changes, after, last, limit);
        using var reader = command.ExecuteReader();
        var changes = new List<IndexChange>();
        while (reader.Read())
        {
            changes.Add(reader.IsDBNull(3)
                ? new IndexChange(reader.GetInt64(0), null, null, null, UnreadableOf(reader, system))
                : new IndexChange(
                    reader.GetInt64(0), reader.GetString(1), reader.GetString(2),
                    reader.GetInt64(3) == 1 ? reader.GetString(4).Split(ExportIntake.FieldEnd) : null, null));
        }
        return changes;
    }

    public void Dispose()
    {
        view.Dispose();
        connection.Dispose();
    }

    private static string[] Fields(SqliteDataReader reader) => reader.GetString(0).Split(ExportIntake.FieldEnd);

    private static Unreadable UnreadableOf(SqliteDataReader reader, string system) => new()
    {
        Position = $"{reader.GetString(5)}:{reader.GetInt64(6)}",
        Code = reader.GetString(7),
        Reason = reader.GetString(8),
        Raw = (byte[])reader.GetValue(9),
        Patient = reader.IsDBNull(2) ? null : new PatientKey(system, reader.GetString(2)),
        LocalId = reader.IsDBNull(1) ? null : FactWriter.LocalIdOf(reader.GetString(1)),
    };

    private List<T> Rows<T>(string sql, string insC, Func<SqliteDataReader, T> read)
    {
        using var command = Asked(sql, insC);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    private object? Scalar(string sql)
    {
        using var command = Asked(sql);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    private SqliteCommand Asked(string sql, params ReadOnlySpan<object> values)
    {
        var command = connection.CreateCommand();
        command.Transaction = view;
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
            command.Parameters.AddWithValue($"${index}", values[index]);
        return command;
    }
}

/// <summary>One change as the index tells it.</summary>
/// <param name="Place">Its place.</param>
/// <param name="Number">Record number; null for what could not be read.</param>
/// <param name="InsC">Patient; null likewise.</param>
/// <param name="Fields">Of a record that stands; null when withdrawn.</param>
/// <param name="Unreadable">What could not be read; null for a record.</param>
internal sealed record IndexChange(long Place, string? Number, string? InsC, string[]? Fields, Unreadable? Unreadable);

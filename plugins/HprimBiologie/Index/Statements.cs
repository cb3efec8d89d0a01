using Microsoft.Data.Sqlite;

namespace DmpFederation.Plugins.HprimBiologie.Index;

/// <summary>Statements of one connection, each prepared once. Not thread-safe; closes the connection.</summary>
internal sealed class Statements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    private SqliteTransaction? transaction;

    public SqliteTransaction Begin() => transaction = connection.BeginTransaction();

    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Command(sql, values).ExecuteNonQuery();

    /// <summary>First column of the first row; null when there is no row.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Command(sql, values).ExecuteScalar();

    /// <summary>The rows; the caller disposes the reader before the same statement runs again.</summary>
    public SqliteDataReader Query(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Command(sql, values).ExecuteReader();

    /// <summary>Bytes of a problem. While the row that names it is being read nobody takes it away.</summary>
    public Stream OpenProblem(long id) => new SqliteBlob(connection, "problems", "raw", id, readOnly: true);

    public string Meta(string name) => (string)Scalar(IndexSql.Meta, ("$name", name))!;

    public void SetMeta(string name, string value) => Execute(IndexSql.SetMeta, ("$name", name), ("$value", value));

    public void Dispose()
    {
        foreach (var command in prepared.Values)
            command.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            prepared.Add(sql, command);
        }
        // One that was committed or rolled back has no connection any more.
        command.Transaction = transaction is { Connection: not null } ? transaction : null;
        command.Parameters.Clear();
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}

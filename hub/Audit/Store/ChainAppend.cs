using System.Buffers;
using System.Data;
using System.Data.Common;
using System.Text.Json;
using DmpFederation.Hub.Audit.Chain;

namespace DmpFederation.Hub.Audit.Store;

/// <summary>
/// Puts lines at the end of a chain, below EF's model: prepared statements on one connection. The head is read inside the transaction, so that several
/// processes may write one chain and never fork it. Not thread-safe.
/// </summary>
internal sealed class ChainAppend : IDisposable
{
    private const string Columns =
        "SELECT seq, hash FROM audit_chain WHERE chain = @chain";

    private readonly ArrayBufferWriter<byte> canonical = new(2_048);
    private readonly DbConnection connection;
    private readonly DbCommand find;
    private readonly DbCommand insert;
    private readonly DbCommand move;
    private readonly ChainKey key;
    private readonly string chain;

    /// <param name="db">Its connection is open; the caller keeps and disposes it.</param>
    /// <param name="key">Seals the lines.</param>
    /// <param name="chain">The chain.</param>
    public ChainAppend(AuditDb db, DbConnection connection, ChainKey key, string chain)
    {
        this.connection = connection;
        this.key = key;
        this.chain = chain;
        Run(db.Durable);
        find = Command(Columns + db.ForUpdate);
        Parameter(find, "chain", DbType.String, chain);
        insert = InsertCommand();
        move = Command("UPDATE audit_chain SET seq = @seq, hash = @hash, seal = @seal WHERE chain = @chain");
        Parameter(move, "seq", DbType.Int64);
        Parameter(move, "hash", DbType.Binary);
        Parameter(move, "seal", DbType.Binary);
        Parameter(move, "chain", DbType.String, chain);
        Begin();
        foreach (var command in new[] { find, insert, move })
            command.Prepare();
    }

    /// <summary>Seals the lines and writes them in one durable transaction. Without lines it tries whether that could be done.</summary>
    /// <returns>The head afterwards.</returns>
    public (long Seq, byte[] Hash) Commit(IReadOnlyList<AuditLine> lines, long at)
    {
        // On SQLite it takes the right to write at once, so that the head cannot move any more.
        using var transaction = connection.BeginTransaction();
        foreach (var command in new[] { find, insert, move })
            command.Transaction = transaction;
        var (seq, hash) = Head();
        foreach (var line in lines)
        {
            (line.Chain, line.Seq, line.At, line.Previous) = (chain, ++seq, at, hash);
            LineBytes.Write(line, seq, canonical);
            line.Hash = hash = key.Line(canonical.WrittenSpan);
            Insert(line);
        }
        move.Parameters[0].Value = seq;
        move.Parameters[1].Value = hash;
        move.Parameters[2].Value = key.Head(chain, seq, hash);
        if (move.ExecuteNonQuery() != 1)
            throw new InvalidOperationException("The chain has no head.");
        transaction.Commit();
        return (seq, hash);
    }

    public void Dispose()
    {
        find.Dispose();
        insert.Dispose();
        move.Dispose();
    }

    private (long Seq, byte[] Hash) Head()
    {
        using var reader = find.ExecuteReader();
        if (!reader.Read())
            throw new InvalidOperationException("The chain has no head.");
        return (reader.GetInt64(0), (byte[])reader.GetValue(1));
    }

    private void Insert(AuditLine line)
    {
        var values = insert.Parameters;
        values[0].Value = line.Chain;
        values[1].Value = line.Seq;
        values[2].Value = line.At;
        values[3].Value = line.EntryCount;
        values[4].Value = (object?)line.EntryIds ?? DBNull.Value;
        values[5].Value = (object?)line.EntryDigest ?? DBNull.Value;
        values[6].Value = line.Confidential;
        values[7].Value = line.Previous;
        values[8].Value = line.Hash;
        for (var index = 0; index < LineBytes.Texts.Length; index++)
            values[9 + index].Value = (object?)LineBytes.Texts[index].Read(line) ?? DBNull.Value;
        insert.ExecuteNonQuery();
    }

    /// <summary>A chain begins with its head, so that a chain that vanished whole is told from one that never was.</summary>
    private void Begin()
    {
        var beginning = key.Beginning(chain);
        using var command = Command(
            "INSERT INTO audit_chain (chain, key_id, seq, hash, seal) VALUES (@chain, @key, 0, @hash, @seal) ON CONFLICT (chain) DO NOTHING");
        Parameter(command, "chain", DbType.String, chain);
        Parameter(command, "key", DbType.String, key.Id);
        Parameter(command, "hash", DbType.Binary, beginning);
        Parameter(command, "seal", DbType.Binary, key.Head(chain, 0, beginning));
        command.ExecuteNonQuery();
    }

    private DbCommand InsertCommand()
    {
        (string Property, DbType Type)[] others =
        [
            (nameof(AuditLine.Chain), DbType.String), (nameof(AuditLine.Seq), DbType.Int64), (nameof(AuditLine.At), DbType.Int64),
            (nameof(AuditLine.EntryCount), DbType.Int32), (nameof(AuditLine.EntryIds), DbType.Binary), (nameof(AuditLine.EntryDigest), DbType.Binary),
            (nameof(AuditLine.Confidential), DbType.Boolean), (nameof(AuditLine.Previous), DbType.Binary), (nameof(AuditLine.Hash), DbType.Binary),
        ];
        var columns = others.Concat(LineBytes.Texts.Select(static text => (text.Property, DbType.String)))
            .Select(static column => (Name: JsonNamingPolicy.SnakeCaseLower.ConvertName(column.Item1), Type: column.Item2)).ToList();
        var names = string.Join(", ", columns.Select(static column => column.Name));
        var values = string.Join(", ", columns.Select(static column => "@" + column.Name));
        var command = Command($"INSERT INTO audit_line ({names}) VALUES ({values})");
        foreach (var (name, type) in columns)
            Parameter(command, name, type);
        return command;
    }

    private DbCommand Command(string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }

    private static void Parameter(DbCommand command, string name, DbType type, object? value = null)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.DbType = type;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }

    private void Run(string statement)
    {
        using var command = Command(statement);
        command.ExecuteNonQuery();
    }
}

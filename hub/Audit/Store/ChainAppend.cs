using System.Buffers;
using System.Data;
using System.Data.Common;
using DmpFederation.Hub.Audit.Chain;

namespace DmpFederation.Hub.Audit.Store;

/// <summary>
/// Puts lines at the end of a chain: prepared statements on one connection, and where the engine is a server all lines of a commit in one trip. The
/// head is read inside the transaction, so that several processes may write one chain and never fork it. Not thread-safe.
/// </summary>
internal sealed class ChainAppend : IDisposable
{
    private readonly ArrayBufferWriter<byte> canonical = new(2_048);
    private readonly DbConnection connection;
    private readonly DbCommand find;
    private readonly DbCommand move;
    private readonly DbCommand? insert;
    private readonly ChainKey key;
    private readonly string chain;

    /// <param name="db">Says how the engine is to be spoken to; the caller keeps and disposes it.</param>
    /// <param name="connection">Its connection, open.</param>
    /// <param name="key">Seals the lines.</param>
    /// <param name="chain">The chain.</param>
    public ChainAppend(AuditDb db, DbConnection connection, ChainKey key, string chain)
    {
        this.connection = connection;
        this.key = key;
        this.chain = chain;
        Run(db.Durable);
        find = Command("SELECT seq, hash FROM audit_chain WHERE chain = @chain" + db.ForUpdate);
        Parameter(find, "chain", DbType.String, chain);
        move = Command("UPDATE audit_chain SET seq = @seq, hash = @hash, seal = @seal WHERE chain = @chain");
        Parameter(move, "seq", DbType.Int64);
        Parameter(move, "hash", DbType.Binary);
        Parameter(move, "seal", DbType.Binary);
        Parameter(move, "chain", DbType.String, chain);
        Begin();
        find.Prepare();
        move.Prepare();
        if (connection.CanCreateBatch)
            return;
        insert = Command(LineInsert.Text);
        LineInsert.Declare(insert.Parameters, insert.CreateParameter);
        insert.Prepare();
    }

    /// <summary>Seals the lines and writes them in one durable transaction. Without lines it tries whether that could be done.</summary>
    /// <returns>The head afterwards.</returns>
    public (long Seq, byte[] Hash) Commit(IReadOnlyList<AuditLine> lines, long at)
    {
        // On SQLite it takes the right to write at once, so that the head cannot move any more.
        using var transaction = connection.BeginTransaction();
        (find.Transaction, move.Transaction) = (transaction, transaction);
        var (seq, hash) = Head();
        foreach (var line in lines)
        {
            (line.Chain, line.Seq, line.At, line.Previous) = (chain, ++seq, at, hash);
            LineBytes.Write(line, seq, canonical);
            line.Hash = hash = key.Line(canonical.WrittenSpan);
        }
        if (insert is not null)
            InsertEach(lines, transaction);
        else if (lines.Count > 0)
            InsertAll(lines, transaction);
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
        move.Dispose();
        insert?.Dispose();
    }

    private (long Seq, byte[] Hash) Head()
    {
        using var reader = find.ExecuteReader();
        if (!reader.Read())
            throw new InvalidOperationException("The chain has no head.");
        return (reader.GetInt64(0), (byte[])reader.GetValue(1));
    }

    private void InsertEach(IReadOnlyList<AuditLine> lines, DbTransaction transaction)
    {
        insert!.Transaction = transaction;
        foreach (var line in lines)
        {
            LineInsert.Fill(insert.Parameters, line);
            insert.ExecuteNonQuery();
        }
    }

    /// <summary>Made anew each time: the driver takes the parameters of a batch once.</summary>
    private void InsertAll(IReadOnlyList<AuditLine> lines, DbTransaction transaction)
    {
        using var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        foreach (var line in lines)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = LineInsert.Text;
            LineInsert.Declare(command.Parameters, command.CreateParameter);
            LineInsert.Fill(command.Parameters, line);
            batch.BatchCommands.Add(command);
        }
        batch.ExecuteNonQuery();
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

    private DbCommand Command(string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }

    private static void Parameter(DbCommand command, string name, DbType type, object? value = null)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.DbType, parameter.Value) = (name, type, value ?? DBNull.Value);
        command.Parameters.Add(parameter);
    }

    private void Run(string statement)
    {
        using var command = Command(statement);
        command.ExecuteNonQuery();
    }
}

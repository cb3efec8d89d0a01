using System.Data;
using System.Data.Common;
using DmpFederation.Hub.Audit.Chain;

namespace DmpFederation.Hub.Audit.Store;

/// <summary>The statements of a server: all lines of a commit in one trip.</summary>
internal sealed class ServerChainStatements : IChainStatements
{
    private readonly DbConnection connection;
    private readonly DbCommand found;
    private readonly DbCommand find;
    private readonly DbCommand move;
    private DbTransaction? transaction;

    /// <param name="connection">Open; the caller keeps and disposes it.</param>
    /// <param name="chain">The chain.</param>
    public ServerChainStatements(DbConnection connection, string chain)
    {
        this.connection = connection;
        using (var durable = Command("SET synchronous_commit = on"))
            durable.ExecuteNonQuery();
        found = Command("INSERT INTO audit_chain (chain, key_id, seq, hash, seal) VALUES (@chain, @key, @seq, @hash, @seal) ON CONFLICT (chain) DO NOTHING");
        find = Command("SELECT seq, hash FROM audit_chain WHERE chain = @chain FOR UPDATE");
        Parameter(find, "chain", DbType.String, chain);
        move = Command("UPDATE audit_chain SET seq = @seq, hash = @hash, seal = @seal WHERE chain = @chain");
        Parameter(move, "seq", DbType.Int64);
        Parameter(move, "hash", DbType.Binary);
        Parameter(move, "seal", DbType.Binary);
        Parameter(move, "chain", DbType.String, chain);
        find.Prepare();
        move.Prepare();
    }

    public void Found(ChainHead head)
    {
        Parameter(found, "chain", DbType.String, head.Chain);
        Parameter(found, "key", DbType.String, head.KeyId);
        Parameter(found, "seq", DbType.Int64, head.Seq);
        Parameter(found, "hash", DbType.Binary, head.Hash);
        Parameter(found, "seal", DbType.Binary, head.Seal);
        found.ExecuteNonQuery();
    }

    public (long Seq, byte[] Hash) Begin()
    {
        transaction = connection.BeginTransaction();
        (find.Transaction, move.Transaction) = (transaction, transaction);
        using var reader = find.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), (byte[])reader.GetValue(1)) : throw new InvalidOperationException("The chain has no head.");
    }

    public void Commit(IReadOnlyList<AuditLine> lines, long seq, byte[] hash, byte[] seal)
    {
        if (lines.Count > 0)
            Insert(lines);
        (move.Parameters[0].Value, move.Parameters[1].Value, move.Parameters[2].Value) = (seq, hash, seal);
        if (move.ExecuteNonQuery() != 1)
            throw new InvalidOperationException("The chain has no head.");
        transaction!.Commit();
        transaction.Dispose();
        transaction = null;
    }

    public void Dispose()
    {
        transaction?.Dispose();
        found.Dispose();
        find.Dispose();
        move.Dispose();
    }

    /// <summary>Made anew each time: the driver takes the parameters of a batch once.</summary>
    private void Insert(IReadOnlyList<AuditLine> lines)
    {
        using var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        foreach (var line in lines)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = LineInsert.Text;
            LineInsert.Fill(command.Parameters, command.CreateParameter, line);
            batch.BatchCommands.Add(command);
        }
        batch.ExecuteNonQuery();
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
}

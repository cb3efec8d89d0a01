using DmpFederation.Hub.Audit.Chain;
using DmpFederation.Hub.Storage;
using Microsoft.Data.Sqlite;

namespace DmpFederation.Hub.Audit.Store;

/// <summary>
/// The statements of SQLite, by the engine's own functions: every answer waits for them, and the library's commands cost as much again as the writing.
/// </summary>
internal sealed class SqliteChainStatements : IChainStatements
{
    private readonly List<SqliteStatement> all = [];
    private readonly string chain;
    private readonly SqliteStatement begin;
    private readonly SqliteStatement find;
    private readonly SqliteStatement insert;
    private readonly SqliteStatement move;
    private readonly SqliteStatement commit;
    private readonly SqliteStatement rollback;
    private readonly SqliteStatement found;
    private bool running;

    /// <param name="connection">Open; the caller keeps and disposes it.</param>
    /// <param name="chain">The chain.</param>
    public SqliteChainStatements(SqliteConnection connection, string chain)
    {
        this.chain = chain;
        // Each commit reaches the disk before it returns (sqlite.org/pragma.html#pragma_synchronous).
        using (var durable = connection.CreateCommand())
        {
            durable.CommandText = $"PRAGMA synchronous = FULL; PRAGMA busy_timeout = {connection.DefaultTimeout * 1_000L}";
            durable.ExecuteNonQuery();
        }
        try
        {
            // The right to write is taken at once, so that the head cannot move any more.
            begin = Prepare(connection, "BEGIN IMMEDIATE");
            find = Prepare(connection, "SELECT seq, hash FROM audit_chain WHERE chain = ?1");
            insert = Prepare(connection, LineInsert.Text);
            move = Prepare(connection, "UPDATE audit_chain SET seq = ?1, hash = ?2, seal = ?3 WHERE chain = ?4 RETURNING seq");
            commit = Prepare(connection, "COMMIT");
            rollback = Prepare(connection, "ROLLBACK");
            found = Prepare(connection, "INSERT INTO audit_chain (chain, key_id, seq, hash, seal) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (chain) DO NOTHING");
        }
        catch
        {
            all.ForEach(static statement => statement.Dispose());
            throw;
        }
    }

    public void Found(ChainHead head)
    {
        found.Bind(1, head.Chain);
        found.Bind(2, head.KeyId);
        found.Bind(3, head.Seq);
        found.Bind(4, head.Hash);
        found.Bind(5, head.Seal);
        found.Run();
    }

    public (long Seq, byte[] Hash) Begin()
    {
        begin.Run();
        running = true;
        find.Bind(1, chain);
        try
        {
            return find.Step() ? (find.Number(0), find.Bytes(1)) : throw new InvalidOperationException("The chain has no head.");
        }
        finally
        {
            find.Reset();
        }
    }

    public void Commit(IReadOnlyList<AuditLine> lines, long seq, byte[] hash, byte[] seal)
    {
        foreach (var line in lines)
        {
            LineInsert.Bind(insert, line);
            insert.Run();
        }
        move.Bind(1, seq);
        move.Bind(2, hash);
        move.Bind(3, seal);
        move.Bind(4, chain);
        if (!move.Run())
            throw new InvalidOperationException("The chain has no head.");
        commit.Run();
        running = false;
    }

    public void Dispose()
    {
        if (running)
            rollback.TryRun();
        all.ForEach(static statement => statement.Dispose());
    }

    private SqliteStatement Prepare(SqliteConnection connection, string text)
    {
        var statement = new SqliteStatement(connection, text);
        all.Add(statement);
        return statement;
    }
}

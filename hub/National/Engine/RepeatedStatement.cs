using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace DmpFederation.Hub.National.Engine;

/// <summary>
/// One statement that is run with many sets of values on a context's connection, inside its transaction when it has one: in one trip where the engine
/// is a server, prepared once where it is a file. Not thread-safe.
/// </summary>
/// <param name="db">The context; whoever has it keeps it.</param>
/// <param name="text">The statement.</param>
/// <param name="parameters">Its parameters.</param>
internal sealed class RepeatedStatement(NationalDb db, string text, params string[] parameters) : IAsyncDisposable
{
    /// <summary>Sets of values in one trip: enough to hide the way, few enough to be answered at once.</summary>
    private const int PerTrip = 500;

    private readonly List<object?[]> waiting = [];
    private readonly DbConnection connection = db.Database.GetDbConnection();
    private DbCommand? prepared;

    private DbTransaction? Transaction => db.Database.CurrentTransaction?.GetDbTransaction();

    /// <summary>Adds one set of values, in the order of the parameters.</summary>
    public void Add(params object?[] values) => waiting.Add(values);

    /// <summary>Runs the statement with every set that waits; gives how many rows changed.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var changed = 0;
        await db.Database.OpenConnectionAsync(cancellationToken);
        if (connection.CanCreateBatch)
        {
            foreach (var sets in waiting.Chunk(PerTrip))
            {
                await using var batch = Batch(sets);
                changed += await batch.ExecuteNonQueryAsync(cancellationToken);
            }
        }
        else
        {
            foreach (var values in waiting)
                changed += await Prepared(values).ExecuteNonQueryAsync(cancellationToken);
        }
        waiting.Clear();
        return changed;
    }

    /// <summary>Runs the statement with every set that waits, and gives each row with the place of its set.</summary>
    public async Task ReadAsync(Action<int, DbDataReader> row, CancellationToken cancellationToken)
    {
        var at = 0;
        await db.Database.OpenConnectionAsync(cancellationToken);
        if (connection.CanCreateBatch)
        {
            foreach (var sets in waiting.Chunk(PerTrip))
            {
                await using var batch = Batch(sets);
                await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
                do
                {
                    while (await reader.ReadAsync(cancellationToken))
                        row(at, reader);
                    at++;
                }
                while (await reader.NextResultAsync(cancellationToken));
            }
        }
        else
        {
            for (; at < waiting.Count; at++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await using var reader = await Prepared(waiting[at]).ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                    row(at, reader);
            }
        }
        waiting.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        if (prepared is not null)
            await prepared.DisposeAsync();
    }

    private DbBatch Batch(object?[][] sets)
    {
        var batch = connection.CreateBatch();
        batch.Transaction = Transaction;
        foreach (var values in sets)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = text;
            Fill(command.Parameters, command.CreateParameter, values);
            batch.BatchCommands.Add(command);
        }
        return batch;
    }

    private DbCommand Prepared(object?[] values)
    {
        if (prepared is null)
        {
            prepared = connection.CreateCommand();
            (prepared.CommandText, prepared.Transaction) = (text, Transaction);
            Fill(prepared.Parameters, prepared.CreateParameter, values);
            prepared.Prepare();
            return prepared;
        }
        for (var index = 0; index < values.Length; index++)
            prepared.Parameters[index].Value = values[index] ?? DBNull.Value;
        return prepared;
    }

    private void Fill(DbParameterCollection collection, Func<DbParameter> create, object?[] values)
    {
        for (var index = 0; index < parameters.Length; index++)
        {
            var parameter = create();
            (parameter.ParameterName, parameter.Value) = (parameters[index], values[index] ?? DBNull.Value);
            collection.Add(parameter);
        }
    }
}

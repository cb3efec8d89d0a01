using System.Data.Common;
using System.Globalization;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.DossierPharmaceutique.Database;

/// <summary>
/// One running question. Errors of the database leave it as <see cref="SourceFaultException"/> alone, whose message carries nothing of the legacy.
/// </summary>
internal sealed class DpQuery : IAsyncDisposable
{
    private readonly DpDatabase database;
    private readonly CancellationToken cancellation;
    private DbConnection? connection;
    private DbCommand? command;
    private DbDataReader? reader;
    private IDisposable? interrupt;
    private bool ended;

    private DpQuery(DpDatabase database, CancellationToken cancellation)
    {
        this.database = database;
        this.cancellation = cancellation;
    }

    /// <summary>Puts a question.</summary>
    /// <param name="database">Whom to ask.</param>
    /// <param name="sql">The question.</param>
    /// <param name="parameters">Its parameters by name, without prefix.</param>
    /// <param name="cancellationToken">Also stops the reading of the rows.</param>
    /// <exception cref="SourceFaultException">It could not be answered.</exception>
    public static async ValueTask<DpQuery> RunAsync(
        DpDatabase database, string sql, IEnumerable<(string Name, object Value)> parameters, CancellationToken cancellationToken)
    {
        var query = new DpQuery(database, cancellationToken);
        try
        {
            await query.StartAsync(sql, parameters);
            return query;
        }
        catch (Exception error)
        {
            await query.DisposeAsync();
            if (query.Meaning(error) is { } fault)
                throw fault;
            throw;
        }
    }

    /// <summary>Goes to the next row; false after the last.</summary>
    /// <exception cref="SourceFaultException">The database failed meanwhile.</exception>
    public async ValueTask<bool> NextAsync()
    {
        try
        {
            if (await reader!.ReadAsync(cancellation))
                return true;
            ended = true;
            return false;
        }
        catch (Exception error) when (Meaning(error) is { } fault)
        {
            throw fault;
        }
    }

    /// <summary>A text column; null when it is null.</summary>
    public string? Text(int column) => Value(column) switch
    {
        null => null,
        string text => text,
        var other => Convert.ToString(other, CultureInfo.InvariantCulture),
    };

    /// <summary>A whole number column; null when it is null or, in a database without strict types, something else.</summary>
    public long? Number(int column) => Value(column) switch
    {
        long number => number,
        int number => number,
        short number => number,
        string text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    public async ValueTask DisposeAsync()
    {
        // A reader left early would otherwise fetch the remaining rows before it closes.
        if (reader is not null && !ended)
            command!.Cancel();
        if (reader is not null)
            await reader.DisposeAsync();
        interrupt?.Dispose();
        if (command is not null)
            await command.DisposeAsync();
        if (connection is not null)
            await connection.DisposeAsync();
    }

    private async ValueTask StartAsync(string sql, IEnumerable<(string Name, object Value)> parameters)
    {
        connection = await database.ConnectAsync(cancellation);
        command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
        interrupt = database.Interrupt(connection, cancellation);
        reader = await command.ExecuteReaderAsync(cancellation);
    }

    private object? Value(int column) => reader!.IsDBNull(column) ? null : reader.GetValue(column);

    /// <summary>What an error means to the hub; null when it is not the database's and must go on as it is.</summary>
    private Exception? Meaning(Exception error) =>
        cancellation.IsCancellationRequested ? new OperationCanceledException(cancellation)
        : database.FaultCode(error) is { } code ? new SourceFaultException(code)
        : null;
}

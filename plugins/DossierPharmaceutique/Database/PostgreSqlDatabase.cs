using System.Data.Common;
using System.Net.Sockets;
using DmpFederation.Sdk;
using Npgsql;

namespace DmpFederation.Plugins.DossierPharmaceutique.Database;

/// <summary>A PostgreSQL database with a pool of its own, in sessions that cannot write.</summary>
internal sealed class PostgreSqlDatabase : DpDatabase
{
    /// <summary>A table the host has locked makes the source unreachable after this, rather than hold a reader for as long as the lock.</summary>
    private const string SessionOptions = "-c default_transaction_read_only=on -c lock_timeout=1000";

    private readonly NpgsqlDataSource source;

    public PostgreSqlDatabase(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection) { IncludeErrorDetail = false };
        settings.ApplicationName ??= "dmp-federation";
        settings.Options = settings.Options is { Length: > 0 } options ? $"{options} {SessionOptions}" : SessionOptions;
        if (!settings.ContainsKey("Timeout"))
            settings.Timeout = 5;
        if (!settings.ContainsKey("Command Timeout"))
            settings.CommandTimeout = 10;
        source = NpgsqlMeter.CreateDataSource(settings);
    }

    public override async ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken) =>
        await source.OpenConnectionAsync(cancellationToken);

    /// <summary>The driver passes cancellation on to the server by itself.</summary>
    public override IDisposable? Interrupt(DbConnection connection, CancellationToken cancellationToken) => null;

    public override string? FaultCode(Exception error) => error switch
    {
        PostgresException { SqlState: var state } => Meaning(state),
        NpgsqlException or SocketException or TimeoutException or IOException => SourceFaultCodes.Unreachable,
        _ => null,
    };

    public override ValueTask DisposeAsync() => source.DisposeAsync();

    /// <summary>Classes of PostgreSQL's error codes (PostgreSQL manual, appendix A).</summary>
    private static string Meaning(string state) => state[..2] switch
    {
        // 28 invalid authorisation, 42501 insufficient privilege
        "28" => SourceFaultCodes.Refused,
        "42" => state == PostgresErrorCodes.InsufficientPrivilege ? SourceFaultCodes.Refused : SourceFaultCodes.BadAnswer,
        // 22 data exception, 21 cardinality: the schema is not the one that was asked
        "22" or "21" => SourceFaultCodes.BadAnswer,
        // 3D no such database, 53 no resources, 55 locked, 57 shut down, 08 connection, XX broken
        _ => SourceFaultCodes.Unreachable,
    };
}

using System.Data.Common;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.DossierPharmaceutique.Database;

/// <summary>The host's database behind one source: how to open it for reading, how to interrupt it, and what its errors mean.</summary>
internal abstract class DpDatabase : IAsyncDisposable
{
    /// <summary>Chooses the database by its connection string, without contacting it.</summary>
    /// <exception cref="SourceSettingsException">Not a connection string of SQLite or PostgreSQL; the message does not repeat it.</exception>
    public static DpDatabase Open(string connection)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = connection };
            if (parts.ContainsKey("Host") || parts.ContainsKey("Server"))
                return new PostgreSqlDatabase(connection);
            if (parts.ContainsKey("Data Source") || parts.ContainsKey("DataSource") || parts.ContainsKey("Filename"))
                return new SqliteDatabase(connection);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new SourceSettingsException("connection", "is not a connection string");
        }
        throw new SourceSettingsException("connection", "must name a Data Source (SQLite) or a Host (PostgreSQL)");
    }

    /// <summary>An open connection that cannot write, from the source's own pool.</summary>
    public abstract ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Makes cancellation stop the statement that runs on the connection, until disposed.</summary>
    public abstract IDisposable? Interrupt(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Fault code of an error of this database; null when the error is not the database's.</summary>
    public abstract string? FaultCode(Exception error);

    public abstract ValueTask DisposeAsync();
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace DmpFederation.Hub.Audit.Store;

/// <summary>The audit in a PostgreSQL database.</summary>
internal sealed class PostgreSqlAuditDb(string connectionString) : AuditDb
{
    public override IChainStatements Prepare(string chain) => new ServerChainStatements(Database.GetDbConnection(), chain);

    protected override void OnConfiguring(DbContextOptionsBuilder options)
    {
        // The statements of a batch are prepared by the driver alone.
        var prepared = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 16, AutoPrepareMinUsages = 2 };
        options.UseNpgsql(prepared.ConnectionString, static server => server.MigrationsHistoryTable(HistoryTable));
    }
}

/// <summary>For the migrations tool.</summary>
internal sealed class PostgreSqlAuditDbFactory : IDesignTimeDbContextFactory<PostgreSqlAuditDb>
{
    public PostgreSqlAuditDb CreateDbContext(string[] args) => new("Host=localhost");
}

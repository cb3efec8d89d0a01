using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace DmpFederation.Hub.Audit.Store;

/// <summary>The audit in a PostgreSQL database.</summary>
internal sealed class PostgreSqlAuditDb(string connectionString) : AuditDb
{
    public override string Durable => "SET synchronous_commit = on";

    public override string ForUpdate => " FOR UPDATE";

    protected override void OnConfiguring(DbContextOptionsBuilder options) =>
        options.UseNpgsql(connectionString, static server => server.MigrationsHistoryTable(HistoryTable));
}

/// <summary>For the migrations tool.</summary>
internal sealed class PostgreSqlAuditDbFactory : IDesignTimeDbContextFactory<PostgreSqlAuditDb>
{
    public PostgreSqlAuditDb CreateDbContext(string[] args) => new("Host=localhost");
}

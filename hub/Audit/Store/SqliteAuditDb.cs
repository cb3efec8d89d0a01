using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace DmpFederation.Hub.Audit.Store;

/// <summary>The audit in a SQLite file.</summary>
internal sealed class SqliteAuditDb(string connectionString) : AuditDb
{
    public override IChainStatements Prepare(string chain) => new SqliteChainStatements((SqliteConnection)Database.GetDbConnection(), chain);

    protected override void OnConfiguring(DbContextOptionsBuilder options) =>
        options.UseSqlite(connectionString, static sqlite => sqlite.MigrationsHistoryTable(HistoryTable));
}

/// <summary>For the migrations tool.</summary>
internal sealed class SqliteAuditDbFactory : IDesignTimeDbContextFactory<SqliteAuditDb>
{
    public SqliteAuditDb CreateDbContext(string[] args) => new("Data Source=:memory:");
}

using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.National.Copies;
using DmpFederation.Hub.National.Copies.Writing;
using DmpFederation.Hub.National.Engine;
using DmpFederation.Hub.National.Moves;
using DmpFederation.Sdk;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace DmpFederation.Hub.National;

/// <summary>The national model in one SQLite file.</summary>
internal sealed class SqliteNationalDb(DbContextOptions<SqliteNationalDb> options) : NationalDb(options)
{
    public override bool OneWriterAtATime => true;

    public override ICopyDoor CopyDoor => new SqliteCopyDoor();

    public override string ForShare => "";

    public override string ForUpdate => "";

    public override string BytesOf(string text) => $"CAST({text} AS BLOB)";

    public static SqliteNationalDb Connect(string connectionString) => new(new DbContextOptionsBuilder<SqliteNationalDb>()
        .UseSqlite(connectionString, static sqlite => sqlite.MigrationsHistoryTable(MigrationsTable))
        .Options);

    /// <summary>A transaction that writes has the whole file to itself (<c>BEGIN IMMEDIATE</c>).</summary>
    public override Task LockAsync(IReadOnlyCollection<PatientKey> keys, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task LockAsync(IReadOnlyCollection<Guid> persons, CancellationToken cancellationToken) => Task.CompletedTask;

    public override async Task<bool> IsWritableAsync(CancellationToken cancellationToken)
    {
        // Begins to write, and leaves it at that. SQLite says so with a fault of its own.
        await using var transaction = await Database.BeginTransactionAsync(cancellationToken);
        await transaction.RollbackAsync(cancellationToken);
        return true;
    }

    public override IPolicyReads OpenReads(int keepPolicies, TimeProvider clock) =>
        new SqlitePolicyReads(Database.GetConnectionString()!, keepPolicies, clock);

    public override IMigrationLeases OpenLeases(NationalStore store, LeaseTokens tokens) =>
        new SqliteMigrationLeases(store, tokens, Database.GetDbConnection().DataSource);

    /// <summary>For the migrations tool.</summary>
    internal sealed class Factory : IDesignTimeDbContextFactory<SqliteNationalDb>
    {
        public SqliteNationalDb CreateDbContext(string[] args) => Connect("Data Source=:memory:");
    }
}

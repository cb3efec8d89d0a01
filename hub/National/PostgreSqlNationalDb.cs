using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.National.Copies;
using DmpFederation.Hub.National.Copies.Writing;
using DmpFederation.Hub.National.Deposits;
using DmpFederation.Hub.National.Engine;
using DmpFederation.Hub.National.Moves;
using DmpFederation.Sdk;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace DmpFederation.Hub.National;

/// <summary>The national model in PostgreSQL, which several nodes share.</summary>
internal sealed class PostgreSqlNationalDb(DbContextOptions<PostgreSqlNationalDb> options) : NationalDb(options)
{
    /// <summary>"ident" in ASCII: sets the locks of identifiers apart from other advisory locks in the same database.</summary>
    private const long LockSeed = 0x6964656E74;

    public override bool OneWriterAtATime => false;

    public override ICopyDoor CopyDoor => new PostgreSqlCopyDoor();

    public override string ForShare => " FOR SHARE";

    public override string ForUpdate => " FOR UPDATE";

    public override string BytesOf(string text) => $"convert_to({text}, 'UTF8')";

    /// <summary>Keys of copies and names of deposits are compared by their bytes, as on SQLite: the language of the server plays no part, and it is quicker.</summary>
    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        Type[] copies =
        [
            typeof(CopyRow), typeof(EntryRow), typeof(EntryVersionRow), typeof(ContentRow), typeof(DepositRow), typeof(DepositContentRow),
        ];
        foreach (var property in copies.SelectMany(type => model.Entity(type).Metadata.FindPrimaryKey()!.Properties)
            .Where(static property => property.ClrType == typeof(string)))
            property.SetCollation("C");
        // Two columns that are compared are of one collation.
        model.Entity<DeliveryRow>().Property(static line => line.UniqueId).UseCollation("C");
    }

    public static PostgreSqlNationalDb Connect(string connectionString) => new(new DbContextOptionsBuilder<PostgreSqlNationalDb>()
        .UseNpgsql(connectionString, static postgreSql => postgreSql.MigrationsHistoryTable(MigrationsTable))
        .Options);

    /// <summary>
    /// An identifier that is linked to nobody has no row to lock, so the lock is on its hash. In one order for everybody, so that two that need the
    /// same ones wait for each other instead of both.
    /// </summary>
    public override async Task LockAsync(IReadOnlyCollection<PatientKey> keys, CancellationToken cancellationToken)
    {
        var texts = keys.Select(static key => $"{key.System}|{key.Value}").ToArray();
        await Database.ExecuteSqlAsync(
            $"""
            SELECT pg_advisory_xact_lock(h)
            FROM (SELECT DISTINCT hashtextextended(k, {LockSeed}) AS h FROM unnest({texts}) AS k ORDER BY h) AS hashes
            """,
            cancellationToken);
    }

    public override async Task LockAsync(IReadOnlyCollection<Guid> persons, CancellationToken cancellationToken)
    {
        var ids = persons.ToArray();
        await Database.ExecuteSqlAsync($"SELECT 1 FROM person WHERE id = ANY ({ids}) ORDER BY id FOR UPDATE", cancellationToken);
    }

    public override async Task<bool> IsWritableAsync(CancellationToken cancellationToken) =>
        await Database.SqlQuery<string>($"SELECT current_setting('transaction_read_only') AS \"Value\"").SingleAsync(cancellationToken) == "off";

    public override IPolicyReads OpenReads(int keepPolicies, TimeProvider clock) =>
        new PostgreSqlPolicyReads(Database.GetConnectionString()!, keepPolicies, clock);

    public override IMigrationLeases OpenLeases(NationalStore store, LeaseTokens tokens) =>
        new PostgreSqlMigrationLeases(store, tokens, Database.GetConnectionString()!);

    /// <summary>For the migrations tool.</summary>
    internal sealed class Factory : IDesignTimeDbContextFactory<PostgreSqlNationalDb>
    {
        public PostgreSqlNationalDb CreateDbContext(string[] args) => Connect("Host=localhost");
    }
}

using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.National.BreakGlass;
using DmpFederation.Hub.National.Copies;
using DmpFederation.Hub.National.Deposits;
using DmpFederation.Hub.National.Engine;
using DmpFederation.Hub.National.Moves;
using DmpFederation.Hub.National.Persons;
using DmpFederation.Hub.National.Policies;
using DmpFederation.Hub.National.Steward;
using DmpFederation.Sdk;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace DmpFederation.Hub.National;

/// <summary>
/// The national model, the same on every engine: who a person is, what they decided, what was copied or deposited of them, and how sources move here.
/// Each engine has a context of its own only because each has its own migrations. What is of a person is keyed by the person, what was copied by source and
/// patient, which is what it can be spread over several machines by.
/// </summary>
internal abstract class NationalDb(DbContextOptions options) : DbContext(options)
{
    /// <summary>Name of the table that says which migrations were applied; each store of a shared database has its own.</summary>
    protected const string MigrationsTable = "national_migrations";

    public DbSet<PersonRow> Persons => Set<PersonRow>();

    public DbSet<DossierStateRow> States => Set<DossierStateRow>();

    public DbSet<ChangeRow> Changes => Set<ChangeRow>();

    public DbSet<LinkRow> Links => Set<LinkRow>();

    public DbSet<ConsentRow> Consents => Set<ConsentRow>();

    public DbSet<BlockRow> Blocks => Set<BlockRow>();

    public DbSet<MemberRow> Members => Set<MemberRow>();

    public DbSet<MaskRow> Masks => Set<MaskRow>();

    public DbSet<TicketRow> Tickets => Set<TicketRow>();

    public DbSet<NoticeRow> Notices => Set<NoticeRow>();

    public DbSet<WorkRow> Work => Set<WorkRow>();

    public DbSet<CopyRow> Copies => Set<CopyRow>();

    public DbSet<EntryRow> Entries => Set<EntryRow>();

    public DbSet<EntryVersionRow> FormerVersions => Set<EntryVersionRow>();

    public DbSet<ContentRow> Contents => Set<ContentRow>();

    public DbSet<MigrationRow> Migrations => Set<MigrationRow>();

    public DbSet<WaveRow> Waves => Set<WaveRow>();

    public DbSet<GroupRow> Groups => Set<GroupRow>();

    public DbSet<SliceRow> Slices => Set<SliceRow>();

    public DbSet<StepRow> Steps => Set<StepRow>();

    public DbSet<DifferenceRow> Differences => Set<DifferenceRow>();

    public DbSet<LossRow> Losses => Set<LossRow>();

    public DbSet<EquivalenceRow> Equivalences => Set<EquivalenceRow>();

    public DbSet<DepositRow> Deposits => Set<DepositRow>();

    public DbSet<DepositContentRow> DepositContents => Set<DepositContentRow>();

    public DbSet<DeliveryRow> Deliveries => Set<DeliveryRow>();

    /// <summary>True when those who write wait for each other anyway: in one process they then queue, instead of trying again and again.</summary>
    public abstract bool OneWriterAtATime { get; }

    /// <summary>The fast door of the engine for the rows of copies.</summary>
    public abstract ICopyDoor CopyDoor { get; }

    /// <summary>What follows a reading so that nobody changes the row until the transaction ends; empty where a transaction has the whole file.</summary>
    public abstract string ForShare { get; }

    /// <summary>As <see cref="ForShare"/>, and nobody else reads it in this way.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>
    /// Keeps other writers from linking or unlinking these identifiers until the transaction ends. Before they are looked up, so that two that link
    /// the same new one follow each other.
    /// </summary>
    public abstract Task LockAsync(IReadOnlyCollection<PatientKey> keys, CancellationToken cancellationToken);

    /// <summary>Keeps other writers from changing these persons until the transaction ends.</summary>
    public abstract Task LockAsync(IReadOnlyCollection<Guid> persons, CancellationToken cancellationToken);

    /// <summary>Whether something could be written now; an engine may also say no by a fault of its own.</summary>
    public abstract Task<bool> IsWritableAsync(CancellationToken cancellationToken);

    /// <summary>The reading of policies on the path of every request, on this database.</summary>
    public abstract IPolicyReads OpenReads(int keepPolicies, TimeProvider clock);

    /// <summary>The rights to do a piece of migration work, on this database.</summary>
    public abstract IMigrationLeases OpenLeases(NationalStore store, LeaseTokens tokens);

    /// <summary>Moments are stored as Unix milliseconds, words as they are called: both read the same in every engine.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configuration)
    {
        configuration.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
        configuration.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        PersonTables.Shape(model);
        PolicyTables.Shape(model);
        BreakGlassTables.Shape(model);
        StewardTables.Shape(model);
        CopyTables.Shape(model);
        MoveTables.Shape(model);
        DepositTables.Shape(model);
        foreach (var property in model.Model.GetEntityTypes().SelectMany(static type => type.GetProperties()))
            property.SetColumnName(SnakeCase(property.Name));
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select(static (letter, at) => char.IsUpper(letter) && at > 0 ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        static moment => moment.ToUnixTimeMilliseconds(), static stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace DmpFederation.Hub.Quarantine.Store;

/// <summary>
/// The schema, the same on every engine. Changing it means a new <see cref="Version"/> and a step from the one before. The seam for encryption at
/// rest is the conversion of <see cref="QuarantinedBytes.Bytes"/> and of the patient's key: today they are stored as they are (README).
/// </summary>
internal sealed class QuarantineDb(DbContextOptions<QuarantineDb> options) : DbContext(options)
{
    public const int Version = 1;

    public DbSet<QuarantinedItem> Items => Set<QuarantinedItem>();

    public DbSet<QuarantinedBytes> Bytes => Set<QuarantinedBytes>();

    public DbSet<QuotaRefusals> Refusals => Set<QuotaRefusals>();

    public DbSet<SchemaVersion> Versions => Set<SchemaVersion>();

    /// <summary>Moments are stored as Unix milliseconds: not every engine orders its own type of them.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configuration)
    {
        configuration.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
        configuration.Properties<QuarantineState>().HaveConversion<string>().HaveMaxLength(16);
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<QuarantinedItem>(item =>
        {
            item.ToTable("quarantined_item");
            item.HasKey(static one => one.Id);
            item.HasIndex(static one => one.Fingerprint).IsUnique();
            item.HasIndex(static one => new { one.SourceId, one.State });
            item.HasOne(static one => one.Raw).WithOne().HasForeignKey<QuarantinedBytes>(static raw => raw.ItemId);
        });
        model.Entity<QuarantinedBytes>(raw =>
        {
            raw.ToTable("quarantined_bytes");
            raw.HasKey(static one => one.ItemId);
        });
        model.Entity<QuotaRefusals>(refusals =>
        {
            refusals.ToTable("quota_refusals");
            refusals.HasKey(static one => one.SourceId);
        });
        model.Entity<SchemaVersion>(version =>
        {
            version.ToTable("schema_version");
            version.HasKey(static one => one.Number);
            version.Property(static one => one.Number).ValueGeneratedNever();
            version.HasData(new SchemaVersion { Number = Version });
        });
    }

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        static moment => moment.ToUnixTimeMilliseconds(), static stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));
}

/// <summary>Version of the schema a database was made with or brought to.</summary>
internal sealed class SchemaVersion
{
    public int Number { get; set; }
}

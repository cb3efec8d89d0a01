using System.Text.Json;
using DmpFederation.Hub.Audit.Chain;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.Audit.Store;

/// <summary>The model of the audit, the same on every engine, and the few words in which engines differ.</summary>
internal abstract class AuditDb : DbContext
{
    protected const string HistoryTable = "audit_migration";

    public DbSet<AuditLine> Lines => Set<AuditLine>();

    public DbSet<ChainHead> Heads => Set<ChainHead>();

    public DbSet<ChainCheckpoint> Checkpoints => Set<ChainCheckpoint>();

    /// <summary>Prepares appending to a chain on this context's connection, which is open.</summary>
    public abstract IChainStatements Prepare(string chain);

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<AuditLine>(line =>
        {
            line.ToTable("audit_line");
            line.HasKey(static one => one.Id);
            line.HasIndex(static one => new { one.Chain, one.Seq }).IsUnique().HasDatabaseName("ix_audit_line_chain");
            line.HasIndex(static one => new { one.Patient, one.At, one.Id }).HasDatabaseName("ix_audit_line_patient");
        });
        model.Entity<ChainHead>(head =>
        {
            head.ToTable("audit_chain");
            head.HasKey(static one => one.Chain);
        });
        model.Entity<ChainCheckpoint>(checkpoint =>
        {
            checkpoint.ToTable("audit_checkpoint");
            checkpoint.HasKey(static one => one.Chain);
        });
        foreach (var property in model.Model.GetEntityTypes().SelectMany(static type => type.GetProperties()))
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
    }
}

using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National.Deposits;

internal static class DepositTables
{
    public static void Shape(ModelBuilder model)
    {
        model.Entity<DepositRow>(static deposit =>
        {
            deposit.ToTable("deposit");
            deposit.HasKey(static one => one.UniqueId);
            // Whose they are, whichever of the person's identifiers they were made under.
            deposit.HasIndex(static one => new { one.Value, one.System });
            // What was replaced, of which a legacy may have made something else.
            deposit.HasIndex(static one => one.ReplacedBy);
        });
        model.Entity<DepositContentRow>(static content =>
        {
            content.ToTable("deposit_content");
            content.HasKey(static one => one.UniqueId);
            content.HasOne<DepositRow>().WithOne().HasForeignKey<DepositContentRow>(static one => one.UniqueId);
        });
        model.Entity<DeliveryRow>(static line =>
        {
            line.ToTable("deposit_delivery");
            line.HasKey(static one => one.Id);
            line.HasIndex(static one => new { one.UniqueId, one.SourceId }).IsUnique();
            // What is due.
            line.HasIndex(static one => new { one.State, one.DueAt });
            line.HasOne<DepositRow>().WithMany().HasForeignKey(static one => one.UniqueId);
        });
        model.Entity<SettlementRow>(static settlement =>
        {
            settlement.ToTable("divergence_settlement");
            settlement.HasKey(static one => new { one.DeliveryId, one.Version });
            settlement.HasOne<DeliveryRow>().WithMany().HasForeignKey(static one => one.DeliveryId);
        });
    }
}

using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National.Moves;

internal static class MoveTables
{
    public static void Shape(ModelBuilder model)
    {
        model.Entity<MigrationRow>(static migration =>
        {
            migration.ToTable("migration");
            migration.HasKey(static one => one.SourceId);
            migration.Ignore(static one => one.Load);
        });
        model.Entity<WaveRow>(static wave =>
        {
            wave.ToTable("migration_wave");
            wave.HasKey(static one => new { one.SourceId, one.Position });
        });
        model.Entity<GroupRow>(static group =>
        {
            group.ToTable("migration_group");
            group.HasKey(static one => new { one.SourceId, one.Position });
        });
        model.Entity<SliceRow>(static slice =>
        {
            slice.ToTable("migration_slice");
            slice.HasKey(static one => new { one.SourceId, one.Wave, one.CategoryGroup });
        });
        model.Entity<StepRow>(static step =>
        {
            step.ToTable("migration_step");
            step.HasKey(static one => one.Id);
            step.HasIndex(static one => new { one.SourceId, one.Id });
        });
        model.Entity<DifferenceRow>(static difference =>
        {
            difference.ToTable("migration_difference");
            difference.HasKey(static one => one.Id);
            difference.HasIndex(static one => new { one.SourceId, one.Wave, one.CategoryGroup, one.InShadow, one.Id });
        });
        model.Entity<LossRow>(static loss =>
        {
            loss.ToTable("mapping_loss");
            loss.HasKey(static one => new { one.SourceId, one.Wave, one.CategoryGroup, one.Field, one.Fate });
        });
        model.Entity<EquivalenceRow>(static equivalence =>
        {
            equivalence.ToTable("migration_equivalence");
            equivalence.HasKey(static one => one.Id);
            equivalence.HasIndex(static one => one.SourceId);
        });
        model.Entity<LeaseRow>(static lease =>
        {
            lease.ToTable("migration_lease");
            lease.HasKey(static one => one.Work);
        });
    }
}

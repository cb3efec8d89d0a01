using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National.Steward;

internal static class StewardTables
{
    public static void Shape(ModelBuilder model) => model.Entity<WorkRow>(work =>
    {
        work.ToTable("identity_work");
        work.HasKey(static one => one.Id);
        work.HasIndex(static one => new { one.Value, one.System, one.SourceId, one.DocumentLocalId, one.RuleId }).IsUnique();
        work.HasIndex(static one => new { one.State, one.Id });
    });
}

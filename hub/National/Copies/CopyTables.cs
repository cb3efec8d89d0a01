using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National.Copies;

/// <summary>
/// The tables of copies. Source and patient are first in every key: one patient of one source is one stretch of one index, and that is what the tables
/// can be spread over several machines by.
/// </summary>
internal static class CopyTables
{
    public static void Shape(ModelBuilder model)
    {
        model.Entity<CopyRow>(static copy =>
        {
            copy.ToTable("patient_copy");
            copy.HasKey(static one => new { one.SourceId, one.System, one.Value, one.CategoryGroup });
            // The patients of a slice, in order.
            copy.HasIndex(static one => new { one.SourceId, one.Wave, one.CategoryGroup, one.System, one.Value });
        });
        model.Entity<EntryRow>(static entry =>
        {
            entry.ToTable("entry");
            entry.HasKey(static one => new { one.SourceId, one.System, one.Value, one.CategoryGroup, one.LocalId });
        });
        model.Entity<EntryVersionRow>(static version =>
        {
            version.ToTable("entry_version");
            version.HasKey(static one => new { one.SourceId, one.System, one.Value, one.CategoryGroup, one.LocalId, one.Number });
        });
        model.Entity<ContentRow>(static content =>
        {
            content.ToTable("document_content");
            content.HasKey(static one => new { one.SourceId, one.System, one.Value, one.CategoryGroup, one.LocalId, one.Sha256 });
        });
    }
}

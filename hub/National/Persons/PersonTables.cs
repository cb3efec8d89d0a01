using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National.Persons;

internal static class PersonTables
{
    public static void Shape(ModelBuilder model)
    {
        model.Entity<PersonRow>(person =>
        {
            person.ToTable("person");
            person.HasKey(static one => one.Id);
            person.Property(static one => one.Id).ValueGeneratedNever();
            // What the tidying looks for: closed dossiers by the day of closing.
            person.HasIndex(static one => new { one.State, one.StateSince });
        });
        model.Entity<DossierStateRow>(state =>
        {
            state.ToTable("dossier_state");
            state.HasKey(static one => new { one.PersonId, one.Epoch });
            state.HasOne<PersonRow>().WithMany().HasForeignKey(static one => one.PersonId);
        });
        model.Entity<ChangeRow>(change =>
        {
            change.ToTable("policy_change");
            change.HasKey(static one => new { one.PersonId, one.Epoch });
            change.HasOne<PersonRow>().WithMany().HasForeignKey(static one => one.PersonId);
        });
        model.Entity<LinkRow>(link =>
        {
            link.ToTable("identity_link");
            link.HasKey(static one => one.Id);
            // An identifier leads to one person at a time, whatever two writers try.
            link.HasIndex(static one => new { one.Value, one.System }).IsUnique().HasFilter("until IS NULL");
            link.HasOne<PersonRow>().WithMany().HasForeignKey(static one => one.PersonId);
        });
    }
}

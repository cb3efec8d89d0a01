using DmpFederation.Hub.National.Persons;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National.BreakGlass;

internal static class BreakGlassTables
{
    public static void Shape(ModelBuilder model)
    {
        model.Entity<TicketRow>(ticket =>
        {
            ticket.ToTable("break_glass_ticket");
            ticket.HasKey(static one => one.Id);
            ticket.Property(static one => one.Id).ValueGeneratedNever();
            ticket.HasIndex(static one => new { one.PersonId, one.Until });
            ticket.HasIndex(static one => new { one.Outcome, one.ReviewBy, one.Id });
            ticket.HasOne<PersonRow>().WithMany().HasForeignKey(static one => one.PersonId);
        });
        model.Entity<NoticeRow>(notice =>
        {
            notice.ToTable("patient_notice");
            notice.HasKey(static one => one.Id);
            notice.HasIndex(static one => new { one.PersonId, one.Id });
            notice.HasOne<PersonRow>().WithMany().HasForeignKey(static one => one.PersonId);
        });
    }
}

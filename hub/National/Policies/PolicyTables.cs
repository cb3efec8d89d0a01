using DmpFederation.Hub.National.Persons;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National.Policies;

internal static class PolicyTables
{
    public static void Shape(ModelBuilder model)
    {
        model.Entity<ConsentRow>(consent =>
        {
            consent.ToTable("consent");
            consent.HasKey(static one => new { one.PersonId, one.Sequence });
            consent.Property(static one => one.Sequence).ValueGeneratedNever();
            consent.HasOne<PersonRow>().WithMany().HasForeignKey(static one => one.PersonId);
        });
        model.Entity<BlockRow>(block =>
        {
            block.ToTable("blocked_professional");
            block.HasKey(static one => new { one.PersonId, one.Professional });
            block.HasOne<PersonRow>().WithMany().HasForeignKey(static one => one.PersonId);
        });
        model.Entity<MemberRow>(member =>
        {
            member.ToTable("care_team_member");
            member.HasKey(static one => new { one.PersonId, one.Kind, one.MemberId });
            member.HasOne<PersonRow>().WithMany().HasForeignKey(static one => one.PersonId);
        });
        model.Entity<MaskRow>(mask =>
        {
            mask.ToTable("mask");
            mask.HasKey(static one => new { one.PersonId, one.TargetKind, one.TargetId, one.Visibility });
            mask.HasOne<PersonRow>().WithMany().HasForeignKey(static one => one.PersonId);
        });
    }
}

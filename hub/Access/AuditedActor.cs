using DmpFederation.Hub.Audit;

namespace DmpFederation.Hub.Access;

/// <summary>The asker as the audit keeps it.</summary>
internal static class AuditedActor
{
    public static AuditActor Of(Actor actor) => new()
    {
        Role = AuditCode.Of(actor.Role),
        Id = actor.Id,
        Name = actor.Name,
        Profession = actor.Profession,
        Specialty = actor.Specialty,
        OrganizationId = actor.OrganizationId,
        OrganizationName = actor.OrganizationName,
        ClientId = actor.ClientId,
        Authentication = AuditCode.Of(actor.Authentication),
        StructureCertificate = actor.StructureCertificate,
        Representative = actor.Representative,
    };
}

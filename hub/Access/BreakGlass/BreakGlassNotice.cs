using DmpFederation.Hub.Access.Policy;

namespace DmpFederation.Hub.Access.BreakGlass;

/// <summary>What the patient is told at once (the patient is always alerted, domain §3.3): who, for which structure, why, until when.</summary>
internal static class BreakGlassNotice
{
    public const string Kind = "BREAK_GLASS";

    public static Notice Of(BreakGlassTicket ticket, Actor actor)
    {
        var who = string.IsNullOrWhiteSpace(actor.Name) ? $"Le professionnel {actor.Id}" : actor.Name;
        var where = actor.OrganizationName ?? actor.OrganizationId;
        var mode = ticket.Mode == EmergencyMode.Centre15 ? "la régulation médicale (centre 15)" : "le bris de glace";
        var minutes = (int)Math.Round((ticket.Until - ticket.Since).TotalMinutes);
        return new Notice(
            Kind,
            $"{who}{(where is null ? "" : $", {where},")} a ouvert un accès d'urgence à votre dossier par {mode}, pour {minutes} minutes. "
                + $"Motif indiqué : « {ticket.Reason} ». Ce qui a été consulté figure dans votre historique des accès.",
            ticket.Id);
    }
}

using DmpFederation.PartnerPortal.Hub;

namespace DmpFederation.PartnerPortal.Wording;

/// <summary>Why there is no dossier, and what the user can do about it.</summary>
internal static class RefusalWords
{
    public static string Of(DossierRefused refused) => refused.Code switch
    {
        "INS_INVALID" => "Ce numéro n'est pas un INS valide. Vérifiez les chiffres et la clé.",
        "UNAUTHENTICATED" => "Votre session n'est plus valable. Déconnectez-vous, puis connectez-vous de nouveau.",
        "ACCESS_REFUSED" => "L'accès à ce dossier ne vous est pas ouvert.",
        "CONSENT_REQUIRED" => "Le consentement du patient est nécessaire pour consulter ce dossier.",
        "DOSSIER_NOT_OPEN" => "Ce patient n'a pas de dossier ouvert.",
        "QUERY_TOO_COSTLY" or "QUERY_TOO_DEEP" or "BAD_REQUEST" => "Le service fédérateur n'a pas accepté la demande de ce portail.",
        "BREAK_GLASS_REFUSED" => "L'accès d'urgence n'est pas ouvert, ou il est terminé.",
        "POLICY_UNAVAILABLE" => "Les choix des patients ne peuvent pas être lus en ce moment : aucun dossier n'est communiqué.",
        "AUDIT_UNAVAILABLE" => "Les accès ne peuvent pas être tracés en ce moment : aucun dossier n'est communiqué.",
        HubClient.Unreachable =>
            "Le service fédérateur n'a pas répondu. Aucune information n'a pu être lue : cela ne dit rien du dossier du patient.",
        HubClient.BadAnswer => "La réponse du service fédérateur n'a pas pu être lue. Cela ne dit rien du dossier du patient.",
        _ => "Le dossier n'a pas pu être lu. Cela ne dit rien du dossier du patient.",
    };
}

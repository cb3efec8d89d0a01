using System.Collections.Frozen;

namespace DmpFederation.Hub.Access.Rules;

/// <summary>What each rule of reading says to a patient, in plain French.</summary>
internal static class RuleTexts
{
    private static readonly FrozenDictionary<string, string> Texts = new Dictionary<string, string>
    {
        [AccessRules.AnalystNeverAPerson] = "Un analyste ne voit que des chiffres, jamais une personne.",
        [AccessRules.RegionOperatorNeverADossier] = "Un opérateur régional ne lit aucun dossier.",
        [AccessRules.NationalOperatorNeverADossier] = "Un opérateur national ne lit aucun dossier.",
        [AccessRules.DpoNoClinicalContent] = "Le délégué à la protection des données ne voit aucun contenu médical.",
        [AccessRules.PatientReadsOwn] = "C'est votre dossier.",
        [AccessRules.PatientOnlyOwn] = "Un patient ne lit que son propre dossier.",
        [AccessRules.PatientPurpose] = "Ce motif d'accès n'est pas celui d'un patient.",
        [AccessRules.PatientWithoutIns] = "Sans identité nationale de santé qualifiée, aucun dossier ne peut être ouvert.",
        [AccessRules.NotAMinor] = "Le représentant légal ne lit que le dossier d'un mineur.",
        [AccessRules.ProfessionalInSituation] = "Le professionnel agit dans une situation d'exercice connue.",
        [AccessRules.ProfessionalWithoutSituation] = "Le professionnel n'a pas indiqué sa situation d'exercice.",
        [AccessRules.ProfessionalPurpose] = "Ce motif d'accès n'est pas celui d'un professionnel.",
        [AccessRules.Otherwise] = "Aucune règle n'autorise cet accès.",
        [AccessRules.Blocked] = "Vous avez bloqué ce professionnel.",
        [AccessRules.DossierNeverOpened] = "Le dossier n'a pas été ouvert.",
        [AccessRules.DossierClosed] = "Le dossier est fermé.",
        [AccessRules.NotInMatrix] = "Cette profession n'a accès à aucun document selon la matrice d'habilitation.",
        [AccessRules.AttendingPhysician] = "C'est votre médecin traitant déclaré.",
        [AccessRules.ConsentToProfessional] = "Vous avez autorisé ce professionnel.",
        [AccessRules.ConsentToOrganization] = "Vous avez autorisé la structure de ce professionnel.",
        [AccessRules.ConsentToCareTeam] = "Vous avez autorisé votre équipe de soins.",
        [AccessRules.ConsentToProfession] = "Vous avez autorisé cette profession.",
        [AccessRules.ConsentToEveryone] = "Vous avez autorisé tous les professionnels.",
        [AccessRules.CareTeamPresumed] = "Ce professionnel fait partie de votre équipe de soins.",
        [AccessRules.ConsentMissing] = "Vous n'avez pas autorisé ce professionnel.",
        [AccessRules.ConsentRefused] = "Vous avez refusé ou retiré cette autorisation.",
        [AccessRules.BreakGlass] = "Un accès d'urgence est ouvert.",
        [AccessRules.TicketUnknown] = "Aucun accès d'urgence n'est ouvert.",
        [AccessRules.TicketEnded] = "L'accès d'urgence est terminé.",
        [AccessRules.PatientOpposes] = "Vous vous êtes opposé à cet accès d'urgence.",
        [AccessRules.RegulatorsOnly] = "Cet accès est réservé à la régulation médicale.",
        [AccessRules.IndirectNotEnough] = "Cet accès demande une authentification directe du professionnel.",
        [AccessRules.BreakGlassScope] = "L'accès d'urgence ne porte pas sur ce dossier.",
        [AccessRules.SourceRefusesBreakGlass] = "Ce dossier refuse l'accès d'urgence.",
        [AccessRules.TicketOfAnother] = "L'accès d'urgence a été ouvert par quelqu'un d'autre.",
        [AccessRules.PatientSeesEntry] = "Vous voyez cette information.",
        [AccessRules.InvisiblePatient] = "Cette information attend la consultation d'annonce.",
        [AccessRules.InvisibleRepresentatives] = "Cette information n'est pas montrée aux représentants légaux.",
        [AccessRules.MaskedToProfessionals] = "Cette information est masquée aux professionnels.",
        [AccessRules.AuthorSeesMasked] = "L'auteur garde la vue sur ce qu'il a écrit, même masqué.",
        [AccessRules.AttendingSeesMasked] = "Le médecin traitant garde la vue sur ce qui est masqué.",
        [AccessRules.MatrixAllows] = "La matrice d'habilitation ouvre ce type de document à cette profession.",
        [AccessRules.MatrixRefuses] = "La matrice d'habilitation n'ouvre pas ce type de document à cette profession.",
        [AccessRules.EmergencyType] = "Ce type de document est ouvert par l'accès d'urgence.",
        [AccessRules.SameFactMasked] = "La même information est masquée dans un autre dossier.",
        [AccessRules.OtherPerson] = "Ce document porte l'identité d'une autre personne : il est tenu à l'écart.",
        [AccessRules.SourceNotAllowed] = "Ce dossier n'est pas ouvert à ce professionnel.",
    }.ToFrozenDictionary();

    /// <summary>The sentence of a rule; that of no rule when it has none.</summary>
    public static string Of(string ruleId) => Texts.GetValueOrDefault(ruleId, Texts[AccessRules.Otherwise]);

    /// <summary>True when a rule has a sentence of its own.</summary>
    public static bool Knows(string ruleId) => Texts.ContainsKey(ruleId);
}

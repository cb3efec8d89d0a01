using System.Globalization;

namespace DmpFederation.Hub.Audit.Shown;

/// <summary>A line in plain French for the patient: who, for which organisation, did what, by which portal. Never the hub as the reader.</summary>
internal static class AccessSentence
{
    /// <param name="line">The line.</param>
    /// <param name="entries">Facts that were read, as far as the reader may know; null to keep their number from the reader.</param>
    public static string Of(AuditLine line, int? entries)
    {
        var sentence = $"{Who(line)} {What(line, entries)}{Purpose(line)}{Mode(line)}{Portal(line)}.";
        return line.Outcome == "REFUSED" && line.Rule is { } rule ? $"{sentence} Règle appliquée : {rule}." : sentence;
    }

    /// <summary>The person in words, for people: name, profession, structure.</summary>
    public static string Who(AuditLine line) => line.ActorRole switch
    {
        "PATIENT" when line.Representative is not null => "Votre représentant légal",
        "PATIENT" => "Vous",
        "DPO" => Named(line, "le délégué à la protection des données"),
        "NATIONAL_OPERATOR" => Named(line, "un opérateur national"),
        "REGION_OPERATOR" => Named(line, "un opérateur régional"),
        "ANALYST" => Named(line, "un analyste"),
        _ => Professional(line),
    };

    private static string Professional(AuditLine line)
    {
        var person = line.ActorName ?? (line.ActorId is { } id ? $"Le professionnel n° {id}" : "Une personne non identifiée");
        var profession = ProfessionWords.Of(line.Profession) is { } word ? $", {word}" : "";
        var organization = (line.OrganizationName ?? (line.OrganizationId is { } number ? $"structure n° {number}" : null)) is { } name ? $" ({name})" : "";
        var vouched = line.Authentication == "INDIRECT" ? ", identité attestée par sa structure" : "";
        return person + profession + organization + vouched;
    }

    private static string Named(AuditLine line, string role) =>
        line.ActorName is { } name ? $"{name}, {role}" : string.Concat(char.ToUpperInvariant(role[0]).ToString(), role.AsSpan(1));

    private static string What(AuditLine line, int? entries)
    {
        var own = Who(line) == "Vous";
        var (has, wanted) = own ? ("avez", "avez demandé à") : ("a", "a demandé à");
        var (done, asked) = Act(line.Action);
        return line.Outcome switch
        {
            "REFUSED" => $"{wanted} {asked} ; l'accès a été refusé",
            "FAILED" => $"{wanted} {asked} ; la demande n'a pas abouti",
            _ => $"{has} {done}{Entries(line, entries)}",
        };
    }

    private static (string Done, string Asked) Act(string action) => action switch
    {
        "DOSSIER_READ" or "DOSSIER_REFUSED" => ("consulté votre dossier", "consulter votre dossier"),
        "DEPOSITED" => ("ajouté un élément à votre dossier", "ajouter un élément à votre dossier"),
        "DOSSIER_OPENED" => ("ouvert votre dossier", "ouvrir votre dossier"),
        "DOSSIER_CLOSED" => ("fermé votre dossier", "fermer votre dossier"),
        "CONSENT_CHANGED" => ("modifié les autorisations d'accès à votre dossier", "modifier les autorisations d'accès à votre dossier"),
        "MASKED" => ("masqué une partie de votre dossier", "masquer une partie de votre dossier"),
        "UNMASKED" => ("démasqué une partie de votre dossier", "démasquer une partie de votre dossier"),
        "BREAK_GLASS_OPENED" or "BREAK_GLASS_REFUSED" =>
            ("ouvert un accès en urgence à votre dossier", "accéder en urgence à votre dossier"),
        "BREAK_GLASS_REVIEWED" => ("contrôlé un accès en urgence à votre dossier", "contrôler un accès en urgence à votre dossier"),
        "POLICY_READ" => ("consulté les autorisations d'accès à votre dossier", "consulter les autorisations d'accès à votre dossier"),
        "EXPLAINED" => ("demandé l'explication d'un accès à votre dossier", "obtenir l'explication d'un accès à votre dossier"),
        "ACCESS_LOG_READ" => ("consulté l'historique des accès à votre dossier", "consulter l'historique des accès à votre dossier"),
        "AUDIT_EXPORTED" => ("exporté l'historique des accès à votre dossier", "exporter l'historique des accès à votre dossier"),
        "IDENTITY_LINKED" => ("rattaché un identifiant à votre identité", "rattacher un identifiant à votre identité"),
        "IDENTITY_UNLINKED" => ("détaché un identifiant de votre identité", "détacher un identifiant de votre identité"),
        "IDENTITY_WORK" => ("vérifié votre identité", "vérifier votre identité"),
        _ => ("agi sur votre dossier", "agir sur votre dossier"),
    };

    private static string Entries(AuditLine line, int? entries) => (line.Action, entries) switch
    {
        ("DOSSIER_READ", null) => "",
        ("DOSSIER_READ", 0) => " sans en afficher d'élément",
        ("DOSSIER_READ", 1) => " (1 élément affiché)",
        ("DOSSIER_READ", var count) => string.Create(CultureInfo.InvariantCulture, $" ({count} éléments affichés)"),
        _ => "",
    };

    private static string Purpose(AuditLine line) => line.Purpose switch
    {
        "TREATMENT" => " pour vos soins",
        "EMERGENCY" => " en urgence",
        _ => "",
    };

    private static string Mode(AuditLine line)
    {
        var mode = line.Mode switch
        {
            "BRIS_DE_GLACE" => ", en bris de glace",
            "CENTRE_15" => ", en accès centre 15 (régulation du SAMU)",
            _ => "",
        };
        return line.Reason is { } reason && mode.Length > 0 ? $"{mode} au motif « {reason} »" : mode;
    }

    private static string Portal(AuditLine line) => line.ClientId is { } client ? $", avec le logiciel « {client} »" : "";
}

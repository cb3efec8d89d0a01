namespace DmpFederation.PartnerPortal.Wording;

/// <summary>A category of facts in French.</summary>
/// <param name="Code">As the hub spells it.</param>
/// <param name="Label">Heading.</param>
/// <param name="None">Said when the sources that answered hold none; names the sources, because nobody knows what the others hold.</param>
public sealed record CategoryWords(string Code, string Label, string None);

/// <summary>Every category of the hub, in the order a clinician reads them.</summary>
internal static class Categories
{
    public static IReadOnlyList<CategoryWords> All { get; } =
    [
        new("ALLERGY", "Allergies et intolérances", "Aucune allergie enregistrée dans les sources qui ont répondu."),
        new("CONDITION", "Problèmes et antécédents", "Aucun problème enregistré dans les sources qui ont répondu."),
        new("MEDICATION", "Médicaments", "Aucun médicament enregistré dans les sources qui ont répondu."),
        new("IMMUNIZATION", "Vaccinations", "Aucune vaccination enregistrée dans les sources qui ont répondu."),
        new("LAB_RESULT", "Biologie", "Aucun résultat de biologie enregistré dans les sources qui ont répondu."),
        new("IMAGING", "Imagerie", "Aucune imagerie enregistrée dans les sources qui ont répondu."),
        new("VITAL_SIGN", "Mesures", "Aucune mesure enregistrée dans les sources qui ont répondu."),
        new("PROCEDURE", "Actes", "Aucun acte enregistré dans les sources qui ont répondu."),
        new("ENCOUNTER", "Séjours et consultations", "Aucun séjour enregistré dans les sources qui ont répondu."),
        new("DOCUMENT", "Documents", "Aucun document enregistré dans les sources qui ont répondu."),
        new("CARE_PLAN", "Plans de soins", "Aucun plan de soins enregistré dans les sources qui ont répondu."),
        new("REIMBURSEMENT", "Remboursements", "Aucun remboursement enregistré dans les sources qui ont répondu."),
        new("OTHER", "Autres informations", "Aucune autre information enregistrée dans les sources qui ont répondu."),
    ];

    /// <summary>The words of a category; one the portal does not know yet is shown under its own name.</summary>
    public static CategoryWords Of(string code) =>
        All.FirstOrDefault(category => category.Code == code)
        ?? new CategoryWords(code, code, "Aucune information de ce type enregistrée dans les sources qui ont répondu.");
}

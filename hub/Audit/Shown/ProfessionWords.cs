namespace DmpFederation.Hub.Audit.Shown;

/// <summary>Professions in words (TRE_G15-ProfessionSante, OID 1.2.250.1.71.1.2.7, and the roles beside it).</summary>
internal static class ProfessionWords
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["10"] = "médecin",
        ["21"] = "pharmacien",
        ["26"] = "audioprothésiste",
        ["28"] = "opticien-lunetier",
        ["31"] = "assistant dentaire",
        ["32"] = "physicien médical",
        ["35"] = "aide-soignant",
        ["36"] = "ambulancier",
        ["37"] = "auxiliaire de puériculture",
        ["38"] = "préparateur en pharmacie hospitalière",
        ["39"] = "préparateur en pharmacie",
        ["40"] = "chirurgien-dentiste",
        ["41"] = "assistant social",
        ["50"] = "sage-femme",
        ["60"] = "infirmier",
        ["69"] = "infirmier psychiatrique",
        ["70"] = "masseur-kinésithérapeute",
        ["71"] = "ostéopathe",
        ["72"] = "psychothérapeute",
        ["73"] = "chiropracteur",
        ["80"] = "pédicure-podologue",
        ["81"] = "orthoprothésiste",
        ["82"] = "podo-orthésiste",
        ["83"] = "orthopédiste-orthésiste",
        ["84"] = "oculariste",
        ["85"] = "épithésiste",
        ["86"] = "technicien de laboratoire",
        ["91"] = "orthophoniste",
        ["92"] = "orthoptiste",
        ["93"] = "psychologue",
        ["94"] = "ergothérapeute",
        ["95"] = "diététicien",
        ["96"] = "psychomotricien",
        ["98"] = "manipulateur en électroradiologie médicale",
    };

    /// <summary>Null when there is no code; a code nobody has words for is said to be one.</summary>
    public static string? Of(string? code) =>
        code is null ? null : Words.GetValueOrDefault(code) ?? $"professionnel de code {code}";
}

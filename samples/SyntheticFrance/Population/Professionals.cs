using System.Globalization;
using DmpFederation.SyntheticFrance.Identity;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.SyntheticFrance.Population;

/// <summary>
/// The invented professionals. RPPS numbers lie in 997…, where Pro Santé Connect keeps its test cards, so that none is a real person's.
/// The first five are the demo's personas.
/// </summary>
public static class Professionals
{
    /// <summary>General practitioner, médecin traitant of every patient of the world.</summary>
    public static SyntheticAuthor Attending { get; } = Create(1, "Vuillemin", "Agnès", "G15_10/SM26", "25099901", "Cabinet du docteur Vuillemin");

    /// <summary>General practitioner, nobody's médecin traitant.</summary>
    public static SyntheticAuthor Doctor { get; } = Create(2, "Carpentier", "Loïc", "G15_10/SM26", "80099901", "Maison de santé des Trois-Doms");

    /// <summary>Dispensing pharmacist, owner.</summary>
    public static SyntheticAuthor Pharmacist { get; } = Create(3, "Girardot", "Hélène", "G15_21/A", "25099902", "Pharmacie de la Grand'Place");

    /// <summary>Physician of a SAMU control room.</summary>
    public static SyntheticAuthor Emergency { get; } = Create(4, "Thévenet", "Étienne", "G15_10/SM26", "69099901", "SAMU des Deux-Fleuves");

    /// <summary>Hospital physician, authenticated by the hospital (indirect).</summary>
    public static SyntheticAuthor Hospital { get; } = Create(5, "Leclercq", "Noémie", "G15_10/SM16", "25099903", "Centre hospitalier du Haut-Doubs");

    internal static IReadOnlyList<SyntheticAuthor> Pharmacists { get; } =
    [
        Pharmacist,
        Create(6, "Bouvet", "Rémy", "G15_21/A", "39099901", "Pharmacie des Salines"),
        Create(7, "Flahaut", "Solène", "G15_21/A", "80099902", "Pharmacie de l'Hortillonne"),
        Create(8, "Charvet", "Benoît", "G15_21/D", "69099902", "Pharmacie du Confluent"),
    ];

    internal static IReadOnlyList<SyntheticAuthor> Biologists { get; } =
    [
        Create(9, "Mougin", "Béatrice", "G15_21/G", "25099904", "Laboratoire des Charmes"),
        Create(10, "Hénin", "Frédéric", "G15_10/SM03", "80099903", "Laboratoire de la Haute-Somme"),
        Create(11, "Ravier", "Cécile", "G15_21/G", "69099903", "Laboratoire du Parc"),
    ];

    internal static IReadOnlyList<SyntheticAuthor> GeneralPractitioners { get; } = [Attending, Doctor];

    internal static IReadOnlyList<SyntheticAuthor> Nurses { get; } =
    [
        Create(12, "Grosjean", "Maëlle", "G15_60", "25099905", "Cabinet infirmier des Tilleuls"),
        Create(13, "Bécu", "Jérôme", "G15_60", "02099901", "Cabinet infirmier du Chemin-des-Dames"),
    ];

    internal static SyntheticAuthor Endocrinologist => Hospital;

    internal static SyntheticAuthor Oncologist { get; } = Create(14, "Delacroix", "Raphaël", "G15_10/SM36", "80099904", "Centre hospitalier de la Picardie maritime");

    internal static SyntheticAuthor Cardiologist { get; } = Create(15, "Perrin", "Geneviève", "G15_10/SM04", "25099903", "Centre hospitalier du Haut-Doubs");

    internal static SyntheticAuthor Surgeon { get; } = Create(16, "Dumoulin", "François-Xavier", "G15_10/SM05", "80099904", "Centre hospitalier de la Picardie maritime");

    internal static SyntheticAuthor Pulmonologist { get; } = Create(17, "Rochas", "Danièle", "G15_10/SM41", "69099904", "Hôpital de la Croix-d'Or");

    internal static SyntheticAuthor Radiologist { get; } = Create(18, "Caron", "Stéphane", "G15_10/SM44", "80099905", "Centre d'imagerie des Remparts");

    internal static SyntheticAuthor Pathologist { get; } =
        Create(19, "Œuvrard", "Clémence", "G15_10/SM01", "80099906", "Laboratoire d'anatomie pathologique de la Somme");

    internal static SyntheticAuthor OtherRadiologist { get; } =
        Create(20, "Ibáñez", "Íñigo", "G15_10/SM44", "25099906", "Imagerie médicale du Doubs");

    private static SyntheticAuthor Create(int rank, string family, string given, string specialty, string site, string organization) => new(
        CheckDigits.WithLuhn(string.Create(CultureInfo.InvariantCulture, $"9979900{rank:000}")),
        family,
        given,
        specialty,
        CheckDigits.WithLuhn(site),
        organization);
}

using System.Collections.Frozen;

namespace DmpFederation.SyntheticFrance.Population;

/// <summary>The pilot regions of 2009 the world's people live in, with some of their towns.</summary>
internal static class Regions
{
    public const string FrancheComte = "franche-comte";
    public const string Picardie = "picardie";
    public const string RhoneAlpes = "rhone-alpes";

    public static readonly IReadOnlyList<string> All = [FrancheComte, Picardie, RhoneAlpes];

    public static readonly FrozenDictionary<string, IReadOnlyList<(string PostalCode, string City)>> Towns =
        new Dictionary<string, IReadOnlyList<(string, string)>>
        {
            [FrancheComte] =
            [
                ("25000", "Besançon"), ("25300", "Pontarlier"), ("25200", "Montbéliard"), ("25290", "Ornans"), ("39100", "Dole"), ("39000", "Lons-le-Saunier"),
                ("39200", "Saint-Claude"), ("70000", "Vesoul"), ("70200", "Lure"), ("70100", "Gray"), ("90000", "Belfort"), ("39600", "Arbois"),
            ],
            [Picardie] =
            [
                ("80000", "Amiens"), ("80100", "Abbeville"), ("80200", "Péronne"), ("60000", "Beauvais"), ("60200", "Compiègne"), ("60100", "Creil"),
                ("60400", "Noyon"), ("02000", "Laon"), ("02100", "Saint-Quentin"), ("02200", "Soissons"), ("02400", "Château-Thierry"), ("02500", "Hirson"),
            ],
            [RhoneAlpes] =
            [
                ("69003", "Lyon"), ("69008", "Lyon"), ("69100", "Villeurbanne"), ("38000", "Grenoble"), ("38200", "Vienne"), ("42000", "Saint-Étienne"),
                ("42300", "Roanne"), ("74000", "Annecy"), ("73000", "Chambéry"), ("26000", "Valence"), ("01000", "Bourg-en-Bresse"), ("07100", "Annonay"),
            ],
        }.ToFrozenDictionary();

    public static readonly IReadOnlyList<string> Streets =
    [
        "rue des Tilleuls", "rue de l'Église", "avenue du Général-Leclerc", "rue Victor-Hugo", "place du Marché", "chemin des Vignes", "rue Jean-Jaurès",
        "impasse du Moulin", "boulevard de la République", "rue des Écoles", "rue Pasteur", "allée des Érables", "rue du Faubourg", "quai de la Rivière",
        "rue Louis-Pergaud", "sentier de la Côte", "rue Hector-Berlioz", "rue de la Gare",
    ];
}

namespace DmpFederation.SyntheticFrance.Care;

/// <summary>Ids of the demo's sources, as in <c>plugins.json</c>.</summary>
public static class SourceIds
{
    public const string Dp = "dp";
    public const string WebMedecin = "web-medecin";
    public const string FrancheComte = "franche-comte";
    public const string Picardie = "picardie";
    public const string LabosRhoneAlpes = "labos-rhone-alpes";
    public const string ReseauDiabete = "reseau-diabete";
}

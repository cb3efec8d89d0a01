using DmpFederation.Plugins.ReseauDiabete.Exports;

namespace DmpFederation.Plugins.ReseauDiabete.Rows;

/// <summary>The columns of the two files. A file may have them in any order, and others beside them; none may be missing.</summary>
internal static class RowColumns
{
    public const int Number = 0;
    public const int Version = 1;
    public const int Action = 2;
    public const int InsC = 3;

    public static readonly string[] FollowUp =
    [
        "Numéro d'enregistrement", "Version", "Action", "INS-C", "Date", "Rubrique", "Valeur", "Valeur 2", "Unité", "Code", "Libellé", "Commentaire",
        "RPPS", "Professionnel", "FINESS", "Structure", "Date de saisie",
    ];

    public static readonly string[] Patients =
    [
        "Numéro de patient", "Version", "Action", "INS-C", "Nom de naissance", "Nom d'usage", "Prénoms", "Date de naissance", "Sexe",
        "Code lieu de naissance",
    ];

    public static string[] Of(ExportKind kind) => kind == ExportKind.Patients ? Patients : FollowUp;

    /// <summary>Place of each column in a heading; null with the problem when one is missing or named twice.</summary>
    public static int[]? Places(ExportKind kind, IReadOnlyList<string> heading, out RowProblem? problem)
    {
        var names = heading.Select(name => name.Trim()).ToList();
        var columns = Of(kind);
        var places = new int[columns.Length];
        for (var column = 0; column < columns.Length; column++)
        {
            places[column] = names.IndexOf(columns[column]);
            problem = places[column] < 0 ? RowProblem.Columns(columns[column])
                : names.LastIndexOf(columns[column]) != places[column] ? RowProblem.TwoColumns(columns[column])
                : null;
            if (problem is not null)
                return null;
        }
        problem = null;
        return places;
    }

    /// <summary>Which file a heading belongs to, for a file of another name.</summary>
    public static ExportKind KindOf(IReadOnlyList<string> heading) =>
        heading.Any(name => name.Trim() == Patients[Number]) ? ExportKind.Patients : ExportKind.FollowUp;
}

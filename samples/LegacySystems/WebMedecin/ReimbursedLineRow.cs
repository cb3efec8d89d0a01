using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.WebMedecin;

/// <summary>A reimbursed line.</summary>
internal sealed record ReimbursedLineRow
{
    /// <summary>Number of the line; 0 before it is stored.</summary>
    internal long Number { get; init; }

    /// <summary>Number of the patient's file.</summary>
    internal required long File { get; init; }

    /// <summary><see cref="LineNature"/>.</summary>
    internal required string Nature { get; init; }

    internal required DateOnly Day { get; init; }

    /// <summary>End of a stay; null when not known, or no stay.</summary>
    internal DateOnly? End { get; init; }

    /// <summary>OID of the code system, as documents write it.</summary>
    internal required string System { get; init; }

    internal required string Code { get; init; }

    internal required string Label { get; init; }

    /// <summary>ATC class of a product, GHM of a stay; null when none.</summary>
    internal string? Group { get; init; }

    internal int? Quantity { get; init; }

    /// <summary><c>root^extension</c>; null for a line without an id, known by what it is and its rank among its equals.</summary>
    internal string? Identifier { get; init; }

    internal required SyntheticAuthor Performer { get; init; }

    internal SyntheticAuthor? Prescriber { get; init; }

    /// <summary>True when a reader could not tell the two apart by what they are.</summary>
    internal bool IsLike(ReimbursedLineRow other) =>
        (File, Nature, Day, System, Code) == (other.File, other.Nature, other.Day, other.System, other.Code);
}

/// <summary>Words of <c>ligne.nature</c>.</summary>
internal static class LineNature
{
    internal const string Medicine = "medicament";
    internal const string Vaccine = "vaccin";
    internal const string Device = "dispositif";
    internal const string Stay = "sejour";
    internal const string Act = "acte";

    internal static bool IsKnown(string? nature) => nature is Medicine or Vaccine or Device or Stay or Act;
}

/// <summary>OIDs under which the assurance maladie writes its codes.</summary>
internal static class CnamOids
{
    internal const string Cip = "1.2.250.1.215.200.1.1.1";
    internal const string AtcGroup = "1.2.250.1.215.200.1.2.1";
    internal const string AtcValence = "1.2.250.1.215.200.1.2.2";
    internal const string Lpp = "1.2.250.1.215.200.2.1";
    internal const string Ghm = "1.2.250.1.215.200.3.1";
    internal const string Ngap = "1.2.250.1.215.200.3.3";
    internal const string Ccam = "1.2.250.1.215.200.3.4";
    internal const string Nabm = "1.2.250.1.215.200.4.1";
    internal const string ActCode = "2.16.840.1.113883.5.4";
}

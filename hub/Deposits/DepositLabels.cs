using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Audit;

namespace DmpFederation.Hub.Deposits;

/// <summary>From whom a deposit is hidden. The depositor chooses, document by document (DMP, TD2.1); these are the codes there are for it.</summary>
internal static class DepositLabels
{
    private static readonly string[] Known =
        [VisibilityCodes.InvisiblePatient, VisibilityCodes.InvisibleRepresentantsLegaux, VisibilityCodes.MasquePs];

    /// <summary>Every label it bears: those chosen, those the resource bears, and that of a connexion secrète. In one order.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> chosen, IReadOnlyList<string> borne, Actor depositor) =>
    [
        .. Known.Where(label => chosen.Contains(label) || borne.Contains(label)
            || (label == VisibilityCodes.InvisibleRepresentantsLegaux && depositor.IsConfidential)),
    ];

    /// <summary>What to mend in the choice; null when it can be meant.</summary>
    public static DepositFault? Problem(IReadOnlyList<string> chosen) => chosen.Except(Known).Any()
        ? DepositFault.Bad("CONFIDENTIALITY", $"'confidentiality' takes {string.Join(", ", Known)}, or nothing.")
        : null;

    /// <summary>Who may see it at all: hidden from the patient and from professionals it would be nobody's (EX_2.1-1050).</summary>
    public static DepositFault? Contradiction(IReadOnlyList<string> labels) =>
        labels.Contains(VisibilityCodes.InvisiblePatient) && labels.Contains(VisibilityCodes.MasquePs)
            ? DepositFault.Bad("CONFIDENTIALITY_CUMULATED", "A deposit cannot be both INVISIBLE_PATIENT and MASQUE_PS.")
            : null;

    /// <summary>
    /// The detail of its audit line: one that begins with INVISIBLE_ keeps the line from those the deposit is hidden from
    /// (<see cref="AuditDetail"/>).
    /// </summary>
    public static string? Detail(IReadOnlyList<string> labels) => labels.Count == 0 ? null : string.Join(';', labels);
}

using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.LegacySystems.WebMedecin;

/// <summary>A fact of the world as the assurance maladie codes it.</summary>
internal static class WorldLine
{
    private const int AtcGroupLength = 3;

    internal static ReimbursedLineRow Of(SyntheticFact fact, SyntheticOrigin origin, long file, SyntheticAuthor attending)
    {
        var first = fact.Codes[0];
        var atc = fact.Codes.FirstOrDefault(code => code.System == CodeSystems.Atc)?.Code;
        var line = new ReimbursedLineRow
        {
            File = file,
            Nature = LineNature.Act,
            Day = DateOnly.FromDateTime(fact.Date.DateTime),
            System = OidOf(first.System),
            Code = first.Code,
            Label = first.Label,
            Quantity = (int?)fact.Value,
            Performer = fact.Author,
            // A derived id holds slashes; an id of the service's never does.
            Identifier = origin.LocalId.Contains('/', StringComparison.Ordinal) ? null : origin.LocalId,
        };
        return fact.Kind switch
        {
            // Medicines are classed by therapeutic group, vaccines by valence.
            FactKind.Dispensation => line with { Nature = LineNature.Medicine, Group = atc?[..AtcGroupLength], Prescriber = attending },
            FactKind.ReimbursedVaccine => line with { Nature = LineNature.Vaccine, Group = atc, Prescriber = attending },
            FactKind.ReimbursedDevice => line with { Nature = LineNature.Device, Prescriber = attending },
            FactKind.Stay => line with
            {
                Nature = LineNature.Stay,
                System = CnamOids.ActCode,
                Code = "IMP",
                Label = "Hospitalisation (établissement, y compris HAD)",
                End = fact.End is { } end ? DateOnly.FromDateTime(end.DateTime) : null,
            },
            FactKind.Act => line,
            _ => throw new ArgumentException("The assurance maladie does not pay for this kind of fact.", nameof(fact)),
        };
    }

    private static string OidOf(string system) => system switch
    {
        CodeSystems.Cip13 => CnamOids.Cip,
        CodeSystems.Ccam => CnamOids.Ccam,
        CodeSystems.Nabm => CnamOids.Nabm,
        CodeSystems.Ngap => CnamOids.Ngap,
        CodeSystems.Lpp => CnamOids.Lpp,
        // A stay is recoded by its class; its diagnosis is not the payer's.
        _ => system,
    };
}

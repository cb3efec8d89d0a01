using DmpFederation.LegacySystems.Drip;
using DmpFederation.SyntheticFrance.Living;
using DmpFederation.SyntheticFrance.Model;
using Microsoft.Data.Sqlite;

namespace DmpFederation.LegacySystems.DossierPharmaceutique;

/// <summary>Pharmacies go on: lines are recorded, their boxes corrected; some are cancelled, or refused by the patient.</summary>
internal sealed class DpDoor(string folder) : ILegacyDoor
{
    private readonly string file = Path.Combine(folder, DossierPharmaceutiqueSystem.FileName);

    public string SourceId => DossierPharmaceutiqueSystem.Name;

    public Task WriteAsync(SyntheticPatient after, WorldEvent happened, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
            throw new LegacyAwayException("its database file is not there");
        using var register = DossierPharmaceutiqueSystem.OpenRegister(file);
        switch (happened.Kind)
        {
            case WorldEventKind.NewFact or WorldEventKind.LateCopy:
                Record(register, after, happened);
                break;
            case WorldEventKind.Correction:
                foreach (var (fact, origin) in happened.Held())
                    register.CorrectQuantity(origin.LocalId, (int)fact.Value!.Value);
                break;
            case WorldEventKind.Withdrawal:
                foreach (var (_, origin) in happened.Held())
                    TakeOut(register, happened, origin.LocalId);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(happened));
        }

        return Task.CompletedTask;
    }

    private static void Record(DpRegister register, SyntheticPatient after, WorldEvent happened)
    {
        var today = DateOnly.FromDateTime(happened.At.UtcDateTime);
        try
        {
            register.Record([], [.. happened.Held().Select(held => DpWorldLine.Of(held.Fact, held.Origin, DpWorldLine.NumberOf(after), today))]);
        }
        catch (SqliteException known) when (known.IsConstraint())
        {
            // Recorded the first time: all lines of an event, or none.
            return;
        }
    }

    private static void TakeOut(DpRegister register, WorldEvent happened, string line)
    {
        if (happened.Number % 3 == 0)
            register.Refuse(line);
        else
            register.Cancel(line);
    }
}

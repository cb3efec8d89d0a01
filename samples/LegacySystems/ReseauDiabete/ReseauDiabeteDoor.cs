using DmpFederation.LegacySystems.Drip;
using DmpFederation.LegacySystems.WebMedecin;
using DmpFederation.SyntheticFrance.Living;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.ReseauDiabete;

/// <summary>The network goes on: further exports of the week bring new records, corrected ones and withdrawals.</summary>
internal sealed class ReseauDiabeteDoor(string folder) : ILegacyDoor
{
    public string SourceId => ReseauDiabeteSystem.Name;

    public Task WriteAsync(SyntheticPatient after, WorldEvent happened, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
            throw new LegacyAwayException("its folder is not there");
        var insC = after.RecordedIdentity(SourceId).InsC;
        // Rows first: an export that is begun is sent.
        var rows = happened.Held().Select(held => NetworkRows.Of(held.Fact, held.Origin, insC)).ToList();
        using var export = FurtherExport.Open(folder, ParisDay.Of(happened.At));
        foreach (var row in rows)
        {
            switch (happened.Kind)
            {
                case WorldEventKind.NewFact or WorldEventKind.LateCopy:
                    export.Create(row);
                    break;
                case WorldEventKind.Correction:
                    export.Correct(row);
                    break;
                case WorldEventKind.Withdrawal:
                    export.Withdraw(row);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(happened));
            }
        }

        return Task.CompletedTask;
    }
}

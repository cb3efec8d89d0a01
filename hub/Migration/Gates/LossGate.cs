using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Verifying;

namespace DmpFederation.Hub.Migration.Gates;

/// <summary>
/// What the national model refuses is signed for: by a declared equivalence of the loss, in force now. What is only kept raw is listed and needs no
/// signature: nothing of it is lost.
/// </summary>
internal sealed class LossGate(IMigrationStore store, TimeProvider clock) : IMigrationGate
{
    public async ValueTask<IReadOnlyList<string>> MissingAsync(WantedStep step, CancellationToken cancellationToken)
    {
        if (step.To == MigrationState.Shadow)
            return [];
        var losses = await store.LossesAsync(step.Slice.Id, cancellationToken);
        if (losses.Count == 0)
            return [];
        var equivalences = await store.EquivalencesAsync(step.Slice.Id.SourceId, cancellationToken);
        // Asked again, not read from the list: a signature may have ended, or been given, since the verification.
        var signatures = new DeclaredEquivalences(equivalences, clock.GetUtcNow());
        return losses.Any(loss => loss.Fate != LossFates.KeptRaw && signatures.Explain(LossFates.FieldOf(loss.Field)) is null)
            ? [MissingCodes.LossesUnsigned]
            : [];
    }
}

using System.Globalization;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Copying;
using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.Migration.Verifying;

/// <summary>
/// Compares a whole slice with its legacy, without changing a fact. What differs is read again after the changes until then were followed: the legacy
/// may have moved on meanwhile, and that is no difference. What still differs counts, unless a declared equivalence explains it.
/// </summary>
internal sealed class SliceVerification(
    SliceReview review, SettledFollowing following, ICopyStore copies, IMigrationStore store, TimeProvider clock)
{
    /// <summary>How often what differs is looked at again; a patient whose record changes every time is none that can be compared.</summary>
    private const int MostRounds = 3;

    /// <exception cref="Reading.LegacyOutageException">The source cannot be read now; the verification begins anew.</exception>
    /// <exception cref="Leases.FencedOffException">Another node has the slice now.</exception>
    /// <exception cref="MigrationUnavailableException">The store cannot be used.</exception>
    /// <exception cref="MigrationConflictException">The slice was moved by somebody else.</exception>
    public async Task RunAsync(SliceWork work, CancellationToken cancellationToken)
    {
        var equivalences = new DeclaredEquivalences(await store.EquivalencesAsync(work.Id.SourceId, cancellationToken), clock.GetUtcNow());
        var findings = new Findings(equivalences, clock);
        var suspects = await review.EverybodyAsync(work, findings, cancellationToken);
        for (var round = 1; suspects.Count > 0 && round <= MostRounds; round++)
        {
            await following.WaitAsync(work.Id.SourceId, clock.GetUtcNow(), cancellationToken);
            suspects = await review.AgainAsync(work, suspects, findings, isLast: round == MostRounds, cancellationToken);
        }
        var refused = (await copies.CountAsync(work.Id, cancellationToken)).Refused;
        var result = findings.Close(refused);
        // So that the evidence holds as soon as it is there: it is compared with how far the source was followed.
        await following.WaitAsync(work.Id.SourceId, result.At, cancellationToken);
        await store.VerifiedAsync(work.Id, result, work.Fence, cancellationToken);
        await MoveOnAsync(work, result, cancellationToken);
    }

    /// <summary>Only a slice on its way moves: into shadow when nothing is left unexplained, else back to where it can be verified anew.</summary>
    private async Task MoveOnAsync(SliceWork work, VerifiedSlice result, CancellationToken cancellationToken)
    {
        var slice = (await store.FindAsync(work.Id.SourceId, cancellationToken))?.Find(work.Id);
        if (slice is not { State: MigrationState.Verifying })
            return;
        var to = result.Unexplained == 0 ? MigrationState.Shadow : MigrationState.Following;
        var evidence = string.Create(
            CultureInfo.InvariantCulture, $"PATIENTS={result.Patients};FACTS={result.Facts};DIFFERENCES={result.Unexplained}");
        await store.MoveAsync(slice with { State = to }, MigrationState.Verifying, new StepNote("hub", null, evidence), cancellationToken);
    }
}

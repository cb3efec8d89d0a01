using DmpFederation.Hub.Migration.Slices;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National.Moves;

/// <summary>
/// The change of a slice's state, by one statement that finds it in the state it is believed to be in. What the copy counts, and what verifications
/// and shadow reads found, moves on meanwhile: of those a mover can only say that they no longer hold, never set them back to what was read before.
/// </summary>
internal static class SliceMove
{
    public static IQueryable<SliceRow> Rows(NationalDb db, SliceId slice) =>
        db.Slices.Where(one => one.SourceId == slice.SourceId && one.Wave == slice.Wave && one.CategoryGroup == slice.Group);

    /// <summary>Gives 0 when the slice was in another state.</summary>
    public static Task<int> ApplyAsync(NationalDb db, SliceRecord next, MigrationState from, CancellationToken cancellationToken) =>
        Rows(db, next.Id).Where(one => one.State == from).ExecuteUpdateAsync(
            set =>
            {
                set.SetProperty(static one => one.State, next.State);
                set.SetProperty(static one => one.Resumes, next.Resumes);
                set.SetProperty(static one => one.ServedNationally, next.ServedNationally);
                set.SetProperty(static one => one.RehearsedAt, next.RehearsedAt);
                set.SetProperty(static one => one.SwitchedAt, next.SwitchedAt);
                // The copy goes on from where it stands for as long as it goes on.
                if (next.State != MigrationState.Copying && next.Resumes != MigrationState.Copying)
                    set.SetProperty(static one => one.Checkpoint, (string?)null);
                if (next.VerifiedAt is null)
                {
                    set.SetProperty(static one => one.VerifiedAt, (DateTimeOffset?)null);
                    set.SetProperty(static one => one.Differences, 0);
                }
                if (next.ShadowReads == 0)
                {
                    set.SetProperty(static one => one.ShadowReads, 0);
                    set.SetProperty(static one => one.ShadowDifferences, 0);
                }
            },
            cancellationToken);
}

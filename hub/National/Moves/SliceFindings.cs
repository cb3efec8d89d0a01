using DmpFederation.Hub.Migration;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.National.Engine;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National.Moves;

/// <summary>What verifications and shadow reads found in a slice.</summary>
internal static class SliceFindings
{
    /// <summary>Differences kept of each kind of finding: enough to see what is wrong, and a slice that differs wholly fills no disk.</summary>
    public const int Kept = 1_000;

    /// <summary>Within the caller's transaction. Gives 0 when there is no such slice.</summary>
    public static async Task<int> VerifiedAsync(NationalDb db, SliceId slice, VerifiedSlice result, CancellationToken cancellationToken)
    {
        await Found(db, slice).Where(static one => !one.InShadow).ExecuteDeleteAsync(cancellationToken);
        await Losses(db, slice).ExecuteDeleteAsync(cancellationToken);
        db.AddRange(result.Differences.Take(Kept).Select(difference => DifferenceRow.Of(slice, difference, inShadow: false)));
        // The same field met in several places is one loss.
        db.AddRange(result.Losses.GroupBy(static loss => (Field: ServerText.Of(loss.Field), loss.Fate)).Select(loss => new LossRow
        {
            SourceId = slice.SourceId,
            Wave = slice.Wave,
            CategoryGroup = slice.Group,
            Field = loss.Key.Field,
            Fate = loss.Key.Fate,
            Count = loss.Sum(static one => one.Count),
        }));
        await db.SaveChangesAsync(cancellationToken);
        return await SliceMove.Rows(db, slice).ExecuteUpdateAsync(
            set => set
                .SetProperty(static one => one.VerifiedAt, result.At)
                .SetProperty(static one => one.VerifiedPatients, result.Patients)
                .SetProperty(static one => one.VerifiedFacts, result.Facts)
                .SetProperty(static one => one.Differences, result.Unexplained),
            cancellationToken);
    }

    /// <summary>In a transaction of its own. A read that differs in several fields is one read that differs.</summary>
    public static async Task<int> ShadowedAsync(
        NationalDb db, SliceId slice, long reads, IReadOnlyList<FieldDifference> differences, CancellationToken cancellationToken)
    {
        var differing = differences.Where(static one => one.Explained is null).DistinctBy(static one => (one.PatientDigest, one.SeenAt)).Count();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var changed = await SliceMove.Rows(db, slice).ExecuteUpdateAsync(
            set => set
                .SetProperty(static one => one.ShadowReads, one => one.ShadowReads + reads)
                .SetProperty(static one => one.ShadowDifferences, one => one.ShadowDifferences + differing),
            cancellationToken);
        if (changed == 0)
            throw new MigrationConflictException("SLICE_UNKNOWN");
        db.AddRange(differences.TakeLast(Kept).Select(difference => DifferenceRow.Of(slice, difference, inShadow: true)));
        await db.SaveChangesAsync(cancellationToken);
        var shadow = Found(db, slice).Where(static one => one.InShadow);
        // The oldest go: who reads in shadow for weeks keeps what was found last.
        if (await shadow.OrderByDescending(static one => one.Id).Skip(Kept).Select(static one => (long?)one.Id).FirstOrDefaultAsync(cancellationToken) is { } last)
            await shadow.Where(one => one.Id <= last).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return changed;
    }

    public static async Task<IReadOnlyList<FieldDifference>> DifferencesAsync(
        NationalDb db, SliceId slice, int most, CancellationToken cancellationToken) =>
        (await Found(db, slice).AsNoTracking().OrderByDescending(static one => one.Id).Take(most).ToListAsync(cancellationToken))
            .ConvertAll(static row => row.ToDifference());

    public static async Task<IReadOnlyList<MappingLoss>> LossesAsync(NationalDb db, SliceId slice, CancellationToken cancellationToken) =>
        (await Losses(db, slice).AsNoTracking().OrderBy(static one => one.Field).ThenBy(static one => one.Fate).ToListAsync(cancellationToken))
            .ConvertAll(static row => new MappingLoss(row.Field, row.Fate, row.Count));

    private static IQueryable<DifferenceRow> Found(NationalDb db, SliceId slice) =>
        db.Differences.Where(one => one.SourceId == slice.SourceId && one.Wave == slice.Wave && one.CategoryGroup == slice.Group);

    private static IQueryable<LossRow> Losses(NationalDb db, SliceId slice) =>
        db.Losses.Where(one => one.SourceId == slice.SourceId && one.Wave == slice.Wave && one.CategoryGroup == slice.Group);
}

using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Migration.Copying;
using DmpFederation.Hub.Migration.Following;
using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Verifying;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Migration.Runner;

/// <summary>
/// What there is to do for a migration, told from its states alone, so that any node finds it: following of every source, copying of slices in the
/// order of the plan, verifying, and the rehearsal of the way back.
/// </summary>
internal sealed class MigrationTasks(
    FollowTask following,
    SliceCopying copying,
    SliceVerification verification,
    RehearsalTask rehearsal,
    IMigrationStore store,
    IOptions<MigrationOptions> options)
{
    public const string Follow = "follow";
    public const string Copy = "copy";
    public const string Verify = "verify";
    public const string Rehearse = "rehearse";

    /// <param name="migration">The migration.</param>
    /// <param name="source">Its source.</param>
    /// <param name="canRun">Whether this node does a task, or may begin it now.</param>
    public IEnumerable<MigrationTask> Of(MigrationRecord migration, Source source, Func<MigrationTask, bool> canRun)
    {
        if (migration.Slices.Any(static slice => slice.State != MigrationState.Retired))
            yield return new MigrationTask($"follow/{source.Id}", Follow, (fence, token) => following.RunAsync(source.Id, fence, token));
        var copies = 0;
        foreach (var slice in migration.Slices)
        {
            if (KindOf(migration, slice, source) is not { } kind)
                continue;
            var id = slice.Id;
            var task = new MigrationTask($"slice/{id}", kind, (fence, token) => RunAsync(kind, source, id, fence, token));
            if (kind != Copy)
                yield return task;
            else if (copies < options.Value.CopiesAtOnce && canRun(task) && ++copies > 0)
                yield return task;
        }
    }

    /// <summary>What is to be done to a slice; null when nothing is.</summary>
    public static string? KindOf(MigrationRecord migration, SliceRecord slice, Source source) => slice switch
    {
        // Not before the cursor of changes is durable: what the legacy changes while it is copied is told from there.
        { State: MigrationState.Copying } => migration.Cursor is not null || !SourceFollower.HasFeed(source) ? Copy : null,
        { State: MigrationState.Verifying } => Verify,
        { State: MigrationState.Shadow or MigrationState.Switched or MigrationState.Reversed, VerifiedAt: null } => Verify,
        { State: MigrationState.Shadow, RehearsedAt: null } => Rehearse,
        _ => null,
    };

    /// <summary>With the slice as it is once the right is had: another node may have had it until then.</summary>
    private async Task RunAsync(string kind, Source source, SliceId id, Fence fence, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(source.Id, cancellationToken) is not { } migration
            || migration.Find(id) is not { } slice
            || KindOf(migration, slice, source) != kind)
            return;
        var work = new SliceWork(source, migration, slice, fence);
        await (kind switch
        {
            Copy => copying.RunAsync(work, cancellationToken),
            Verify => verification.RunAsync(work, cancellationToken),
            _ => rehearsal.RunAsync(work, cancellationToken),
        });
    }
}

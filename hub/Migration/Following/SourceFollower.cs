using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Migration.Copying;
using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Sdk;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Migration.Following;

/// <summary>What followers share.</summary>
internal sealed class FollowerTools(
    LegacyChanges changes,
    SliceFollowing slices,
    IMigrationStore store,
    MigrationMetrics metrics,
    IOptions<MigrationOptions> options,
    TimeProvider clock)
{
    public LegacyChanges Changes => changes;

    public SliceFollowing Slices => slices;

    public IMigrationStore Store => store;

    public MigrationMetrics Metrics => metrics;

    public MigrationOptions Options => options.Value;

    public TimeProvider Clock => clock;

    public SourceFollower Begin(Fence fence) => new(this, fence);
}

/// <summary>
/// Follows one source: hears who changed, reads them again, and has the national store take over what they are now. Slices being copied are left
/// alone, what is heard of them waits: one task writes a slice at a time. The durable cursor moves when nothing heard of is left to do for any slice;
/// <see cref="MigrationRecord.FollowedAt"/> when nothing is left for those that are followed. A source that matches by traits tells under numbers of
/// its own who changed, so a change of anybody has everybody read again; one without a feed is swept each time. One task at a time.
/// </summary>
internal sealed class SourceFollower(FollowerTools tools, Fence fence)
{
    /// <summary>How often it is written down that nothing happened: every second time.</summary>
    private readonly TimeSpan noteEvery = tools.Options.FollowEvery * 1.5;
    private readonly Dictionary<SliceId, FollowedSlice> slices = [];
    private DateTimeOffset? notedAt;
    private string? heard;
    private string? durable;

    /// <summary>Patients who are sick, of all slices.</summary>
    public int Sick => slices.Values.Sum(static slice => slice.Aside.Sick);

    /// <summary>Hears what changed until now, and does what can be done about it.</summary>
    /// <exception cref="Reading.LegacyOutageException">The source cannot be asked now; the next step goes on.</exception>
    /// <exception cref="MigrationUnavailableException">The store cannot be used; the next step goes on.</exception>
    /// <exception cref="FencedOffException">Another node follows this source now.</exception>
    public async Task StepAsync(Source source, CancellationToken cancellationToken)
    {
        // Before the states are looked at: a slice that begins to be followed meanwhile must not seem to have been followed until now.
        var began = tools.Clock.GetUtcNow();
        if (await tools.Store.FindAsync(source.Id, cancellationToken) is not { } migration)
            return;
        if (HasFeed(source))
            await HearAsync(source, migration, cancellationToken);
        else
            SweepAll(migration);
        foreach (var slice in migration.Slices)
        {
            if (IsFollowed(slice))
                await tools.Slices.CatchUpAsync(new SliceWork(source, migration, slice, fence), Of(slice.Id), cancellationToken);
            tools.Metrics.Sick(slice.Id, slice.State == MigrationState.Retired ? 0 : Of(slice.Id).Aside.Sick);
        }
        await NoteAsync(migration, began, cancellationToken);
    }

    public static bool HasFeed(Source source) => source.Capabilities.Contains(nameof(IChangeFeed));

    /// <summary>True for a slice that was copied and whose changes are taken over.</summary>
    public static bool IsFollowed(SliceRecord slice) => slice.State
        is MigrationState.Following or MigrationState.Verifying or MigrationState.Shadow or MigrationState.Switched or MigrationState.Reversed
        or MigrationState.Diverged;

    private async Task HearAsync(Source source, MigrationRecord migration, CancellationToken cancellationToken)
    {
        if (heard is null)
        {
            if (migration.Cursor is null)
            {
                var cursor = await tools.Changes.CursorAsync(source, cancellationToken);
                // Durable before the first patient is read. Who was copied before there was a feed is read again.
                await tools.Store.FollowedAsync(source.Id, cursor, null, fence, cancellationToken);
                foreach (var slice in migration.Slices.Where(static slice => slice.Copied > 0))
                    Of(slice.Id).IsUnswept = true;
                heard = durable = cursor;
                return;
            }
            heard = durable = migration.Cursor;
        }
        var news = await tools.Changes.SinceAsync(source, heard, cancellationToken);
        if (news.Anybody || (news.Count > 0 && source.MatchesByTraits))
            SweepAll(migration);
        if (!source.MatchesByTraits)
        {
            foreach (var key in news.Patients)
                Read(migration, key);
        }
        heard = news.Cursor;
        tools.Metrics.Followed(source.Id, news.Count);
    }

    private void Read(MigrationRecord migration, PatientKey key)
    {
        var wave = migration.Plan.WaveOf(key).Id;
        foreach (var slice in migration.Slices)
        {
            if (slice.Id.Wave == wave && slice.State != MigrationState.Retired)
                Of(slice.Id).Aside.Again(key);
        }
    }

    private void SweepAll(MigrationRecord migration)
    {
        foreach (var slice in migration.Slices)
        {
            if (slice.State != MigrationState.Retired)
                Of(slice.Id).IsUnswept = true;
        }
    }

    private async Task NoteAsync(MigrationRecord migration, DateTimeOffset began, CancellationToken cancellationToken)
    {
        var alive = migration.Slices.Where(static slice => slice.State != MigrationState.Retired).ToList();
        var isEven = alive.Where(static slice => IsFollowed(slice)).All(slice => Of(slice.Id).IsEven);
        var next = alive.All(slice => Of(slice.Id).IsEven) ? heard : durable;
        var isNew = next != durable || notedAt is not { } last || began - last >= noteEvery;
        if (isEven && isNew && alive.Any(static slice => IsFollowed(slice)))
        {
            await tools.Store.FollowedAsync(migration.Plan.SourceId, next, began, fence, cancellationToken);
            notedAt = began;
        }
        else if (next != durable)
        {
            await tools.Store.FollowedAsync(migration.Plan.SourceId, next, null, fence, cancellationToken);
        }
        durable = next;
        if ((notedAt ?? migration.FollowedAt) is { } followed)
            tools.Metrics.Lag(migration.Plan.SourceId, tools.Clock.GetUtcNow() - followed);
    }

    private FollowedSlice Of(SliceId slice)
    {
        if (!slices.TryGetValue(slice, out var followed))
            slices.Add(slice, followed = new FollowedSlice(tools.Options, tools.Clock));
        return followed;
    }
}

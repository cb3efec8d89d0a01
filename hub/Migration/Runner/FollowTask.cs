using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Migration.Diverging;
using DmpFederation.Hub.Migration.Following;
using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.Migration.Reading;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Migration.Runner;

/// <summary>
/// Follows a source for as long as this node has the right to. Outages of the source or the store end nothing here: what was heard is remembered, and
/// the next step goes on from it.
/// </summary>
internal sealed class FollowTask(
    FollowerTools tools,
    DivergenceWatch divergences,
    ISourceRegistry registry,
    IOptions<MigrationOptions> options,
    TimeProvider clock,
    ILogger<FollowTask> logger)
{
    public async Task RunAsync(string sourceId, Fence fence, CancellationToken cancellationToken)
    {
        var (follower, pauses, sick) = (tools.Begin(fence), new PauseLength(options.Value), 0);
        var lookedAt = DateTimeOffset.MinValue;
        while (registry.Current.Find(sourceId) is { } source)
        {
            var pause = SourceFollower.HasFeed(source) ? options.Value.FollowEvery : options.Value.SweepEvery;
            try
            {
                await follower.StepAsync(source, cancellationToken);
                if (clock.GetUtcNow() - lookedAt >= options.Value.DivergenceEvery)
                {
                    await divergences.LookAsync(sourceId, cancellationToken);
                    lookedAt = clock.GetUtcNow();
                }
                pauses.Reset();
            }
            catch (LegacyOutageException outage)
            {
                pause = pauses.Next();
                logger.WaitsForSource(fence.Work, outage.Code, pause);
            }
            catch (MigrationUnavailableException unavailable)
            {
                pause = pauses.Next();
                logger.WaitsForStore(fence.Work, unavailable.Code, pause);
            }
            if (follower.Sick != sick && (sick = follower.Sick) > 0)
                logger.SickPatients(sourceId, sick);
            await Task.Delay(pause, clock, cancellationToken);
        }
    }
}

using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Verifying;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Migration.Serving.Shadow;

/// <summary>Compares waiting answers one after another and writes down what it finds. Whatever breaks costs one comparison, never an answer.</summary>
internal sealed class ShadowWatch(
    ShadowQueue queue, ShadowComparison comparison, IMigrationStore store, ServingMetrics metrics, IOptions<ServingOptions> options,
    ILogger<ShadowWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var read in queue.ReadAllAsync(stoppingToken))
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            limit.CancelAfter(options.Value.ShadowDeadline);
            try
            {
                await CompareAsync(read, limit.Token);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // The border to a comparison: the answer it is about has long been given, and the next one is compared anew.
                logger.ShadowFailed(read.Source.Id, fault is MigrationUnavailableException unusable ? unusable.Code : fault.GetType().Name);
            }
        }
    }

    private async Task CompareAsync(ShadowRead read, CancellationToken cancellationToken)
    {
        var findings = await comparison.CompareAsync(read, options.Value.ShadowDeadline, cancellationToken);
        metrics.Shadow(read.Source.Id, findings.HasDifferences ? "different" : findings.HadNoise ? "noise" : "same");
        var declared = new DeclaredEquivalences(
            findings.HasDifferences ? await store.EquivalencesAsync(read.Source.Id, cancellationToken) : [], findings.SeenAt);
        foreach (var (slice, reads, differences) in findings.BySlice)
            await store.ShadowedAsync(slice, reads, [.. differences.Select(found => found with { Explained = declared.Explain(found.Field) })], cancellationToken);
    }
}

using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Serving.Shadow;

/// <summary>
/// Hands what the legacy system answered of slices in shadow on to be compared with the national store, behind the answer. The reader gets the legacy's
/// answer, at once.
/// </summary>
internal sealed class ShadowedReader(ISourceReader inner, ServingRoutes routes, ShadowQueue queue)
{
    public async Task<SourceOutcome> ReadAsync(Source source, ReadRequest request, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var outcome = await inner.ReadAsync(source, request, deadline, cancellationToken);
        if (outcome.Status == SourceStatus.Answered && routes.Of(source.Id) is { HasShadow: true } route)
            queue.Offer(new ShadowRead(route, source, request, outcome, inner));
        return outcome;
    }
}

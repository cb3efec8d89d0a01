using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>Lets a source run only as many calls at once as its budget says; others wait within their deadline.</summary>
internal sealed class ConcurrencyGuard(ISourceReader inner, TimeProvider clock) : ISourceReader
{
    public async Task<SourceOutcome> ReadAsync(Source source, ReadRequest request, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var slots = source.Connection!.Slots;
        if (slots.AllStuck)
            return new SourceOutcome { Source = source, Status = SourceStatus.Failed, Reason = CallReasons.StuckCalls };
        var started = clock.GetTimestamp();
        var wait = deadline < source.Budget.Timeout ? deadline : source.Budget.Timeout;
        var slot = await slots.AcquireAsync(wait, clock, cancellationToken);
        if (slot is null)
            return new SourceOutcome { Source = source, Status = SourceStatus.TimedOut, Reason = CallReasons.Busy };
        try
        {
            var left = deadline - clock.GetElapsedTime(started);
            return left <= TimeSpan.Zero
                ? new SourceOutcome { Source = source, Status = SourceStatus.TimedOut, Reason = CallReasons.Busy }
                : await inner.ReadAsync(source, request, left, cancellationToken);
        }
        finally
        {
            slots.Return(slot);
        }
    }
}

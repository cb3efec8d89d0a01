using DmpFederation.Hub.Identity;

namespace DmpFederation.Hub.Federation;

/// <summary>One patient of a request and the search for the certified identity, which runs while sources that need none are asked.</summary>
internal sealed record PatientLookup(Ins Ins, Task<CertifiedIdentity> Identity)
{
    /// <summary>The identity so far: unavailable until the search has ended.</summary>
    public CertifiedIdentity Known => Identity.IsCompletedSuccessfully ? Identity.GetAwaiter().GetResult() : CertifiedIdentity.Unavailable;

    /// <summary>Waits until every search has ended, at most so long.</summary>
    public static async Task WaitAsync(IReadOnlyList<PatientLookup> lookups, TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        var all = Task.WhenAll(lookups.Select(static lookup => lookup.Identity));
        if (!all.IsCompleted && atMost <= TimeSpan.Zero)
            return;
        try
        {
            await all.WaitAsync(atMost > TimeSpan.Zero ? atMost : TimeSpan.Zero, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Those that have not ended count as unavailable.
            return;
        }
    }
}

using DmpFederation.Hub.Connectors;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Migration.Serving;

/// <summary>Times of serving nationally: how long the store may take, and as of when its answer is.</summary>
internal sealed class ServingClock(IOptions<ServingOptions> options, TimeProvider clock)
{
    public long Start() => clock.GetTimestamp();

    public TimeSpan Since(long started) => clock.GetElapsedTime(started);

    /// <summary>Reads within half of the time there is, so that the legacy has the other half, and never longer than the options say.</summary>
    /// <exception cref="TimeoutException">It took longer; it was told to stop and nobody waits for it.</exception>
    public async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> read, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var limit = deadline / 2 < options.Value.FallBackAfter ? deadline / 2 : options.Value.FallBackAfter;
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = read(stop.Token);
        // Disposed of when the read has ended, however late.
        _ = reading.ContinueWith(
            static (done, source) =>
            {
                _ = done.Exception;
                ((CancellationTokenSource)source!).Dispose();
            },
            stop, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            return await reading.WaitAsync(limit, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            _ = stop.CancelAsync();
            throw;
        }
    }

    /// <summary>True while the legacy's changes were followed not long ago.</summary>
    public bool IsCurrent(SourceRoute route) =>
        route.Migration.FollowedAt is { } followed && clock.GetUtcNow() - followed <= options.Value.StaleAfter;

    /// <summary>
    /// State of the source the answer shows: the oldest of what was said of it. Where the legacy's changes were followed too long ago, that moment; after
    /// retirement the national store is the source, and nothing is late.
    /// </summary>
    public DateTimeOffset? AsOf(SourceRoute route, IReadOnlyList<PatientPart> parts, SourceOutcome? legacy)
    {
        var oldest = parts.SelectMany(static part => part.Copies).Min(static held => held.Copy.AsOf);
        if (legacy?.AsOf is { } said && !(oldest <= said))
            oldest = said;
        if (!route.IsFollowed || parts.All(static part => part.Given.IsNone))
            return oldest;
        var followed = route.Migration.FollowedAt ?? parts.SelectMany(static part => part.Copies).Min(static held => held.ConfirmedAt);
        return clock.GetUtcNow() - followed > options.Value.StaleAfter && !(oldest <= followed) ? followed : oldest;
    }
}

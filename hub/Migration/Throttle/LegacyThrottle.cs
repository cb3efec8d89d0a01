using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.Migration.Throttle;

/// <summary>
/// Lets patients of one source be read no faster than its limits allow: rate, how many at once, slower while the legacy's answers are slow, not at
/// all in its hours of rest or under the brake. Every limit holds beside the others, on each node that works on the source. Thread-safe.
/// </summary>
internal sealed class LegacyThrottle(TimeProvider clock)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstSlowing = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestSlowing = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LegacyLoad load = new();
    private DateTimeOffset next;
    private TimeSpan slowing;
    private bool braked = true;
    private int atOnce = 1;
    private int running;

    /// <summary>How many may be read at once.</summary>
    public int AtOnce
    {
        get
        {
            lock (gate)
                return atOnce;
        }
    }

    /// <summary>Sets the limits. Until the first call nothing is let through.</summary>
    /// <param name="limits">Set by an operator.</param>
    /// <param name="held">True while the brake is held.</param>
    /// <param name="slots">Calls at once the source's budget allows readers and migration together; the migration takes half at most.</param>
    public void Set(LegacyLoad limits, bool held, int slots)
    {
        lock (gate)
        {
            var most = Math.Max(1, Math.Min(limits.Concurrency, slots / 2));
            if (load == limits && braked == held && atOnce == most)
                return;
            (load, braked, atOnce) = (limits, held, most);
            if (limits.LatencyLimit is null)
                slowing = TimeSpan.Zero;
            // What was put off by a slower rate is not waited for any more.
            next = clock.GetUtcNow();
            Wake();
        }
    }

    /// <summary>Waits until one more patient may be read. The caller calls <see cref="Leave"/> afterwards, whatever came of it.</summary>
    public Task EnterAsync(CancellationToken cancellationToken) => WaitAsync(WaitLeft, Enter, cancellationToken);

    /// <summary>Waits while nothing may be asked of the legacy: for what costs it no reading of a patient (lists, its feed).</summary>
    public Task AwakeAsync(CancellationToken cancellationToken) =>
        WaitAsync(now => braked ? LongestWait : RestLeft(now), static _ => { }, cancellationToken);

    /// <param name="took">How long the legacy took to answer; null when it was not asked.</param>
    public void Leave(TimeSpan? took)
    {
        lock (gate)
        {
            running--;
            if (took is { } elapsed && load.LatencyLimit is { } limit)
                slowing = elapsed > limit ? Slower(slowing) : slowing < FirstSlowing ? TimeSpan.Zero : slowing / 2;
            Wake();
        }
    }

    /// <summary>Waits until none of a wait is left, looking again at each change, then does something before anybody else can look.</summary>
    private async Task WaitAsync(Func<DateTimeOffset, TimeSpan> left, Action<DateTimeOffset> then, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task change;
            TimeSpan wait;
            lock (gate)
            {
                var now = clock.GetUtcNow();
                wait = left(now);
                if (wait <= TimeSpan.Zero)
                {
                    then(now);
                    return;
                }
                change = changed.Task;
            }
            await change.WaitAsync(wait, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private void Enter(DateTimeOffset now)
    {
        running++;
        next = now + slowing + (load.PatientsPerSecond is { } rate ? TimeSpan.FromSeconds(1 / rate) : TimeSpan.Zero);
    }

    private TimeSpan WaitLeft(DateTimeOffset now)
    {
        if (braked || running >= atOnce)
            return LongestWait;
        var rest = RestLeft(now);
        return rest > TimeSpan.Zero ? rest : next - now;
    }

    /// <summary>Time of rest left, looked at again within a minute: a change of summer time moves its end.</summary>
    private TimeSpan RestLeft(DateTimeOffset now)
    {
        if (load.Rest is not var (from, to))
            return TimeSpan.Zero;
        var time = CivilDay.TimeOfMoment(now.UtcDateTime);
        if (!time.IsBetween(from, to))
            return TimeSpan.Zero;
        var left = to - time;
        return left < LongestWait ? left : LongestWait;
    }

    private static TimeSpan Slower(TimeSpan slowing) =>
        slowing < FirstSlowing ? FirstSlowing : slowing * 2 < LongestSlowing ? slowing * 2 : LongestSlowing;

    private void Wake()
    {
        changed.TrySetResult();
        changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

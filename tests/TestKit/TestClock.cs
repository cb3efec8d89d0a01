using Microsoft.Extensions.Time.Testing;

namespace DmpFederation.TestKit;

/// <summary>
/// A clock the test owns, which also tells how many timers run, so that a test can wait until everything that does not need time has
/// ended before it lets time pass.
/// </summary>
internal sealed class TestClock() : FakeTimeProvider(new DateTimeOffset(2009, 10, 1, 8, 0, 0, TimeSpan.Zero))
{
    private readonly Lock gate = new();
    private readonly List<(int Least, int Most, TaskCompletionSource Reached)> waiting = [];
    private int running;

    /// <summary>Ends when at most so many timers run.</summary>
    public Task AtMostTimersAsync(int most) => RunningAsync(0, most);

    /// <summary>Ends when at least so many timers run: time that passes before a timer starts does not count for it.</summary>
    public Task AtLeastTimersAsync(int least) => RunningAsync(least, int.MaxValue);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Counted(this, base.CreateTimer(callback, state, dueTime, period));
        Count(1);
        return timer;
    }

    private Task RunningAsync(int least, int most)
    {
        lock (gate)
        {
            if (running >= least && running <= most)
                return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((least, most, reached));
            return reached.Task;
        }
    }

    private void Count(int change)
    {
        lock (gate)
        {
            running += change;
            foreach (var (least, most, reached) in waiting)
            {
                if (running >= least && running <= most)
                    reached.TrySetResult();
            }
        }
    }

    private sealed class Counted(TestClock clock, ITimer timer) : ITimer
    {
        private int ended;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            timer.Dispose();
            if (Interlocked.Exchange(ref ended, 1) == 0)
                clock.Count(-1);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

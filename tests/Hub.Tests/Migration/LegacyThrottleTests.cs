using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Throttle;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Migration;

/// <summary>No legacy is asked more than it bears. Time is the test's own.</summary>
public sealed class LegacyThrottleTests
{
    private readonly TestClock clock = new();
    private readonly LegacyThrottle throttle;

    public LegacyThrottleTests() => throttle = new LegacyThrottle(clock);

    [Fact]
    public async Task Nothing_is_let_through_before_the_limits_are_known()
    {
        var entering = throttle.EnterAsync(CancellationToken.None);
        entering.IsCompleted.Should().BeFalse();

        throttle.Set(new LegacyLoad(), held: false, slots: 32);
        await entering;
    }

    [Fact]
    public async Task The_rate_is_kept()
    {
        throttle.Set(new LegacyLoad { PatientsPerSecond = 2, Concurrency = 64 }, held: false, slots: 128);
        await throttle.EnterAsync(default);
        var second = throttle.EnterAsync(default);

        clock.Advance(TimeSpan.FromMilliseconds(499));
        second.IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await second;
    }

    [Fact]
    public async Task So_many_at_once_and_never_more_than_half_of_what_the_source_declares()
    {
        throttle.Set(new LegacyLoad { Concurrency = 10 }, held: false, slots: 4);
        throttle.AtOnce.Should().Be(2);
        await throttle.EnterAsync(default);
        await throttle.EnterAsync(default);
        var third = throttle.EnterAsync(default);
        third.IsCompleted.Should().BeFalse();

        throttle.Leave(null);
        await third;
    }

    [Fact]
    public async Task Slow_answers_slow_it_down_and_quick_ones_let_it_go_again()
    {
        throttle.Set(new LegacyLoad { LatencyLimit = TimeSpan.FromMilliseconds(50) }, held: false, slots: 32);
        await throttle.EnterAsync(default);
        throttle.Leave(TimeSpan.FromMilliseconds(51));
        await throttle.EnterAsync(default);
        throttle.Leave(TimeSpan.FromMilliseconds(51));

        var third = throttle.EnterAsync(default);
        third.IsCompleted.Should().BeFalse("after one slow answer a tenth of a second passes");
        clock.Advance(TimeSpan.FromMilliseconds(100));
        await third;
        throttle.Leave(TimeSpan.FromMilliseconds(1));
        var fourth = throttle.EnterAsync(default);
        fourth.IsCompleted.Should().BeFalse("two slow answers doubled the rest, and it was set before the quick one");
        clock.Advance(TimeSpan.FromMilliseconds(200));
        await fourth;
        throttle.Leave(TimeSpan.FromMilliseconds(1));
        clock.Advance(TimeSpan.FromMilliseconds(100));
        await throttle.EnterAsync(default);
        throttle.Leave(TimeSpan.FromMilliseconds(1));
        clock.Advance(TimeSpan.FromMilliseconds(50));
        await throttle.EnterAsync(default);
        throttle.Leave(TimeSpan.FromMilliseconds(1));
        var last = throttle.EnterAsync(default);
        await last;
    }

    [Theory]
    [InlineData("08:00", "19:00", "2009-10-02T05:59:00Z", true)]
    [InlineData("08:00", "19:00", "2009-10-02T06:00:00Z", false)]
    [InlineData("08:00", "19:00", "2009-10-02T16:59:00Z", false)]
    [InlineData("08:00", "19:00", "2009-10-02T17:00:00Z", true)]
    [InlineData("22:00", "06:00", "2009-12-01T20:59:00Z", true)]
    [InlineData("22:00", "06:00", "2009-12-01T21:00:00Z", false)]
    [InlineData("22:00", "06:00", "2009-12-01T23:30:00Z", false)]
    [InlineData("22:00", "06:00", "2009-12-02T04:59:00Z", false)]
    [InlineData("22:00", "06:00", "2009-12-02T05:00:00Z", true)]
    public void It_rests_by_the_clock_of_Paris_over_midnight_too(string from, string to, string at, bool works)
    {
        var then = new TestClock();
        then.SetUtcNow(DateTimeOffset.Parse(at, null));
        var resting = new LegacyThrottle(then);
        resting.Set(new LegacyLoad { Rest = (TimeOnly.Parse(from, null), TimeOnly.Parse(to, null)) }, held: false, slots: 32);

        resting.EnterAsync(default).IsCompleted.Should().Be(works);
        resting.AwakeAsync(default).IsCompleted.Should().Be(works);
    }

    [Fact]
    public async Task It_wakes_when_the_rest_is_over()
    {
        clock.SetUtcNow(new DateTimeOffset(2009, 10, 1, 16, 58, 30, TimeSpan.Zero));
        throttle.Set(new LegacyLoad { Rest = (new TimeOnly(8, 0), new TimeOnly(19, 0)) }, held: false, slots: 32);
        var entering = throttle.EnterAsync(default);

        clock.Advance(TimeSpan.FromSeconds(60));
        await clock.AtLeastTimersAsync(1);
        entering.IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(30));
        await entering;
    }

    [Fact]
    public async Task Under_the_brake_nothing_is_read_and_when_it_is_let_go_it_goes_on_at_once()
    {
        throttle.Set(new LegacyLoad(), held: true, slots: 32);
        var (entering, listing) = (throttle.EnterAsync(default), throttle.AwakeAsync(default));
        clock.Advance(TimeSpan.FromSeconds(59));
        (entering.IsCompleted, listing.IsCompleted).Should().Be((false, false));

        throttle.Set(new LegacyLoad(), held: false, slots: 32);
        await Task.WhenAll(entering, listing);
    }

    [Fact]
    public async Task Who_waits_can_give_up()
    {
        using var stop = new CancellationTokenSource();
        var entering = throttle.EnterAsync(stop.Token);

        await stop.CancelAsync();

        await FluentActions.Awaiting(() => entering).Should().ThrowAsync<OperationCanceledException>();
    }
}

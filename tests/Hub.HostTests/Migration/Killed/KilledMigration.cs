using System.Diagnostics;
using DmpFederation.TestKit.Migration;
using FluentAssertions;
using Xunit.Abstractions;

namespace DmpFederation.Hub.HostTests.Migration.Killed;

/// <summary>
/// One migration of all sources, there and back, by a hub that is killed again and again at moments the seed chooses. After each death the hub stands
/// where it stood or where it was ordered to; nothing it had counted is lost.
/// </summary>
internal sealed class KilledMigration(LivingLegacy legacy, IReadOnlyList<string> sources, ulong seed, MortalHub hub, ITestOutputHelper output)
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(250);

    private readonly Chances chances = new(seed);
    private readonly Stopwatch watch = Stopwatch.StartNew();

    /// <param name="copying">Deaths while it copies.</param>
    /// <param name="following">Deaths while it follows, before the first switch.</param>
    /// <param name="turns">Switches, each with its death; reverses between them, each with its own.</param>
    public async Task RunAsync(int copying, int following, int turns)
    {
        await hub.StartAsync();
        var readers = legacy.Patients.Take(3).Select(static patient => patient.InsNir).ToList();
        foreach (var ins in readers)
            await hub.OpenAsync(ins);
        await WhileLivingAsync(async () =>
        {
            await CopyAsync(copying);
            await FollowAsync(following, "FOLLOWING");
        });
        await VerifyAsync();
        var before = new Dictionary<string, string>();
        foreach (var ins in readers)
            before[ins] = await hub.ReadAsync(ins);
        for (var turn = 0; turn < turns; turn++)
        {
            await MoveAsync("switchMigration", "", from: turn == 0 ? "SHADOW" : "REVERSED", to: "SWITCHED");
            await SameAsync(before);
            if (turn == turns - 1)
                break;
            await MoveAsync("reverseMigration", ", reason: \"essai\"", from: "SWITCHED", to: "REVERSED");
            await SameAsync(before);
        }
        await WhileLivingAsync(() => FollowAsync(deaths: 1, "SWITCHED"));
        await VerifyAsync();
        await MoveAsync("reverseMigration", ", reason: \"essai\"", from: "SWITCHED", to: "REVERSED");
        await hub.KillAsync();
    }

    private async Task CopyAsync(int deaths)
    {
        foreach (var source in sources)
            await hub.OrderAsync($"startMigration(sourceId: \"{source}\", input: {{ load: {{ patientsPerSecond: 12 }} }})");
        for (var death = 0; death < deaths; death++)
        {
            await Task.Delay(chances.Below(900));
            var counted = await hub.StandingAsync();
            await Task.Delay(chances.Below(60));
            await hub.KillAndStartAsync();
            var standing = await hub.StandingAsync();
            Say($"killed while copying, at {string.Join(' ', counted.Select(static one => one.Copied))}");
            standing.Should().OnlyContain(static one => one.State == "FEDERATED" || one.State == "COPYING" || one.State == "FOLLOWING");
            foreach (var (was, now) in counted.Zip(standing))
                now.Copied.Should().BeGreaterThanOrEqualTo(was.Copied, $"{now.Source}: what was counted is durable (seed {seed})");
        }
        await hub.UntilAsync(static one => one.State == "FOLLOWING" && one.Copied == one.Total, "copied");
        Say("copied");
    }

    private async Task FollowAsync(int deaths, string state)
    {
        for (var death = 0; death < deaths; death++)
        {
            await Task.Delay(chances.Below(1_500));
            await hub.KillAndStartAsync();
            Say("killed while following");
            (await hub.StandingAsync()).Should().OnlyContain(one => one.State == state);
        }
        await Task.Delay(chances.Below(1_500));
    }

    /// <summary>Nothing happens in the legacy now: every copy must be found equal.</summary>
    private async Task VerifyAsync()
    {
        var ordered = TimeProvider.System.GetUtcNow();
        foreach (var source in sources)
            await hub.OrderAsync($"verifyMigration(sourceId: \"{source}\")");
        await hub.UntilAsync(
            one => one.State is "SHADOW" or "SWITCHED" && one.VerifiedAt > ordered.AddSeconds(-1) && one is { Differences: 0, BlockedBy: [] },
            "found equal and ready");
        Say("found equal");
    }

    private async Task MoveAsync(string order, string words, string from, string to)
    {
        var orders = sources.Select(source => $"{order}(sourceId: \"{source}\"{words})").ToList();
        var told = orders.ConvertAll(one => hub.TryOrderAsync(one));
        await Task.Delay(chances.Below(120));
        await hub.KillAndStartAsync();
        var heard = await Task.WhenAll(told);
        var standing = await hub.StandingAsync();
        Say($"killed at {order}: {string.Join(' ', standing.Select(static one => one.State))}");
        standing.Should().OnlyContain(one => one.State == from || one.State == to);
        for (var index = 0; index < heard.Length; index++)
        {
            if (heard[index] == true)
                standing.Single(one => one.Source == sources[index]).State.Should().Be(to, "an order that was confirmed is durable");
        }
        foreach (var one in orders)
            await hub.OrderAsync(one);
        (await hub.StandingAsync()).Should().OnlyContain(one => one.State == to);
    }

    private async Task SameAsync(Dictionary<string, string> before)
    {
        foreach (var (ins, answer) in before)
            (await hub.ReadAsync(ins) == answer).Should().BeTrue($"the legacy did not change (seed {seed})");
    }

    private async Task WhileLivingAsync(Func<Task> work)
    {
        using var stop = new CancellationTokenSource();
        var living = legacy.LiveAsync(Often, stop.Token);
        try
        {
            await work();
        }
        finally
        {
            await stop.CancelAsync();
        }
        Say($"{await living} things happened in the legacy systems");
    }

    private void Say(string what) => output.WriteLine($"seed {seed}, {watch.Elapsed.TotalSeconds:0.0} s: {what}");
}

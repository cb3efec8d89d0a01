using System.Diagnostics;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Connectors.Calls;
using DmpFederation.Hub.Federation;
using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DmpFederation.Hub.HostTests.Connectors;

public class CallGuardTests
{
    [Theory]
    [InlineData("throws-on-read", SourceStatus.Failed, "FAULT", 0)]
    [InlineData("yields-no-stream", SourceStatus.Failed, "FAULT", 0)]
    [InlineData("throws-mid-stream", SourceStatus.Partial, "FAULT", 1)]
    [InlineData("faults-mid-stream", SourceStatus.Partial, "PAGE_FAILED", 1)]
    [InlineData("leaks-in-code", SourceStatus.Partial, "FAULT", 1)]
    [InlineData("throws-http", SourceStatus.Partial, "UNREACHABLE", 1)]
    [InlineData("hangs", SourceStatus.Partial, "DEADLINE", 5)]
    [InlineData("blocks-thread", SourceStatus.TimedOut, "DEADLINE", 0)]
    [InlineData("yields-null", SourceStatus.Partial, "BAD_ENTRY", 1)]
    [InlineData("leaks-patient", SourceStatus.Quarantined, "WRONG_PATIENT", 0)]
    [InlineData("leaks-subject", SourceStatus.Quarantined, "WRONG_PATIENT", 0)]
    [InlineData("unstable-ids", SourceStatus.Answered, null, 5)]
    public async Task Whatever_a_connector_does_becomes_an_outcome(string behaviour, object status, string? reason, int entries)
    {
        await using var hub = await LoadAsync(ConnectorsHost.Misbehaving(behaviour));

        var outcome = await hub.ReadAsync("bad");

        outcome.Status.Should().Be((SourceStatus)status);
        outcome.Reason.Should().Be(reason);
        outcome.Entries.Should().HaveCount(entries);
        hub.Log.Lines.Should().NotContain(line => line.Text.Contains("279035121518989") || line.Text.Contains("255069938600149"));
    }

    [Theory]
    [InlineData("drips")]
    [InlineData("ignores-token")]
    public async Task What_a_slow_source_gave_before_the_deadline_is_kept(string behaviour)
    {
        await using var hub = await LoadAsync(ConnectorsHost.Misbehaving(behaviour));
        var watch = Stopwatch.StartNew();

        var outcome = await hub.ReadAsync("bad");

        outcome.Status.Should().Be(SourceStatus.Partial);
        outcome.Reason.Should().Be("DEADLINE");
        outcome.Entries.Should().NotBeEmpty();
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(2));
        var shown = outcome.Entries.Count;
        await Task.Delay(150);
        outcome.Entries.Should().HaveCount(shown, "late items are ignored");
    }

    [Fact]
    public async Task The_answer_s_own_deadline_holds_beside_the_source_s_budget()
    {
        await using var hub = await LoadAsync(ConnectorsHost.Misbehaving("blocks-thread", "\"timeoutMs\": 60000"));
        var watch = Stopwatch.StartNew();

        var outcome = await hub.ReadAsync("bad", seconds: 0.2);

        outcome.Status.Should().Be(SourceStatus.TimedOut);
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData("\"timeoutMs\": 5000, \"maxEntries\": 100", 100)]
    [InlineData("\"timeoutMs\": 5000, \"maxBytes\": 1024", 36)]
    public async Task An_endless_source_is_cut_at_its_budget(string budget, int entries)
    {
        await using var hub = await LoadAsync(ConnectorsHost.Misbehaving("endless", budget));

        var outcome = await hub.ReadAsync("bad");

        outcome.Status.Should().Be(SourceStatus.Partial);
        outcome.Reason.Should().Be("TOO_LARGE");
        outcome.Entries.Should().HaveCount(entries);
    }

    [Fact]
    public async Task Ten_thousand_entries_within_the_budget_are_all_kept()
    {
        await using var hub = await LoadAsync(ConnectorsHost.Misbehaving("huge", "\"timeoutMs\": 10000", entries: 10_000));

        var outcome = await hub.ReadAsync("bad", seconds: 10);

        outcome.Status.Should().Be(SourceStatus.Answered);
        outcome.Entries.Should().HaveCount(10_000);
    }

    [Fact]
    public async Task Entries_that_break_their_promises_are_listed_as_unreadable()
    {
        await using var hub = await LoadAsync(ConnectorsHost.Misbehaving("hollow-entries"));

        var outcome = await hub.ReadAsync("bad");

        outcome.Entries.Should().ContainSingle().Which.LocalId.Should().Be("own");
        outcome.Unreadable.Should().HaveCount(5).And.OnlyContain(item => item.Code == "ENTRY_HOLLOW");
    }

    [Fact]
    public async Task A_caller_who_left_is_not_an_outcome()
    {
        await using var hub = await LoadAsync(ConnectorsHost.Misbehaving("hangs", "\"timeoutMs\": 60000"));
        using var caller = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        var reading = () => hub.Reader.ReadAsync(hub.Source("bad"), ConnectorsHost.Request, TimeSpan.FromSeconds(30), caller.Token);

        await reading.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Calls_that_never_end_use_up_the_slots_of_their_source_and_nothing_else()
    {
        await using var hub = (await LoadAsync(
            [ConnectorsHost.Misbehaving("blocks-thread", "\"timeoutMs\": 150, \"concurrency\": 2"), ConnectorsHost.SourceJson("good", "well-behaved")],
            options => options.With("Circuit:MinimumCalls", "1000")));

        await Task.WhenAll(hub.ReadAsync("bad"), hub.ReadAsync("bad"));
        var refused = await hub.ReadAsync("bad");

        refused.Status.Should().Be(SourceStatus.Failed);
        refused.Reason.Should().Be("STUCK_CALLS");
        (await hub.ReadAsync("good")).Status.Should().Be(SourceStatus.Answered);
    }

    [Fact]
    public async Task Many_blocked_threads_of_one_source_do_not_delay_another()
    {
        await using var hub = await LoadAsync(
            [ConnectorsHost.Misbehaving("blocks-thread", "\"timeoutMs\": 2500"), ConnectorsHost.SourceJson("good", "well-behaved")]);

        var blocked = Enumerable.Range(0, 24).Select(_ => hub.ReadAsync("bad")).ToList();
        var watch = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => hub.ReadAsync("good")));

        answers.Select(answer => answer.Status).Should().AllBeEquivalentTo(SourceStatus.Answered);
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(2.4), "the blocked source is still within its own deadline");
        (await Task.WhenAll(blocked)).Select(answer => answer.Status).Should().OnlyContain(
            status => status == SourceStatus.TimedOut || status == SourceStatus.CircuitOpen);
    }

    [Fact]
    public async Task A_source_that_fails_repeatedly_is_left_alone_and_asked_again_after_two_seconds()
    {
        var clock = new FakeTimeProvider();
        await using var hub = await LoadAsync(
            [ConnectorsHost.Misbehaving("fails-first", entries: 4)], clock: clock);

        for (var call = 0; call < 4; call++)
            (await hub.ReadAsync("bad")).Reason.Should().Be("UNREACHABLE");
        var open = await hub.ReadAsync("bad");
        clock.Advance(TimeSpan.FromSeconds(2.1));
        var back = await hub.ReadAsync("bad");
        var after = await hub.ReadAsync("bad");

        open.Status.Should().Be(SourceStatus.CircuitOpen);
        back.Status.Should().Be(SourceStatus.Answered);
        after.Status.Should().Be(SourceStatus.Answered);
        hub.Source("bad").State.Should().Be(SourceState.Active);
    }

    [Fact]
    public async Task Identity_traits_are_read_behind_the_same_guards()
    {
        await using var hub = await LoadAsync(
            [ConnectorsHost.SourceJson("good", "well-behaved"), ConnectorsHost.Misbehaving("leaks-traits"),
                ConnectorsHost.Misbehaving("hangs", id: "slow")]);
        var identities = hub.Get<ISourceIdentityReader>();

        var good = await identities.FindAsync(hub.Source("good"), ConnectorsHost.Patient, TimeSpan.FromSeconds(3), CancellationToken.None);
        var slow = await identities.FindAsync(hub.Source("slow"), ConnectorsHost.Patient, TimeSpan.FromSeconds(3), CancellationToken.None);
        var bad = await identities.FindAsync(hub.Source("bad"), ConnectorsHost.Patient, TimeSpan.FromSeconds(3), CancellationToken.None);

        good.Persons.Should().ContainSingle().Which.Keys.Should().Equal(ConnectorsHost.Patient);
        (slow.Status, slow.Reason, slow.Persons.Count).Should().Be((SourceStatus.Partial, "DEADLINE", 1));
        (bad.Status, bad.Persons.Count).Should().Be((SourceStatus.Quarantined, 0));
        hub.Source("bad").State.Should().Be(SourceState.Quarantined);
    }

    private static Task<ConnectorsHost> LoadAsync(string source) => LoadAsync([source]);

    private static async Task<ConnectorsHost> LoadAsync(
        string[] sources, Action<ConnectorsHost>? options = null, TimeProvider? clock = null)
    {
        var hub = new ConnectorsHost { Clock = clock ?? TimeProvider.System };
        options?.Invoke(hub.With("DrainTimeout", "00:00:00.100"));
        hub.With("DrainTimeout", "00:00:00.100");
        hub.Install("Misbehaving");
        hub.Install("WellBehaved");
        hub.WriteSources(sources);
        await hub.LoadAsync();
        return hub;
    }
}

using System.Buffers;
using System.Diagnostics.Metrics;
using DmpFederation.Hub.Quarantine;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DmpFederation.Hub.Tests.Quarantine;

/// <summary>The door and the writer behind it.</summary>
public sealed class QuarantineIntakeTests : IDisposable
{
    private readonly QuarantineRig rig = new(options =>
    {
        options.MaxWaitingReads = 3;
        options.MaxWaitingBytes = 100_000;
    });

    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly TestClock clock = new();
    private readonly QuarantineHealth health = new();
    private readonly RecordingLogger<QuarantineWatch> log = new();
    private readonly Dictionary<string, long> lost = [];
    private readonly MeterListener meters = new();
    private readonly QuarantineIntake intake;
    private readonly QuarantineWriter writer;

    public QuarantineIntakeTests()
    {
        var metrics = new QuarantineMetrics(services.GetRequiredService<IMeterFactory>(), health);
        var factory = services.GetRequiredService<IMeterFactory>();
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "dmpfed.quarantine.lost" && instrument.Meter.Scope == factory)
                listener.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            lock (lost)
            {
                var key = string.Join(' ', tags.ToArray().Select(static tag => tag.Value));
                lost[key] = lost.GetValueOrDefault(key) + value;
            }
        });
        meters.Start();
        intake = new QuarantineIntake(rig.Options, metrics, clock, new RecordingLogger<QuarantineIntake>());
        writer = new QuarantineWriter(intake, rig.Store, new QuarantineWatch(rig.Store, health, metrics, log), rig.Options, clock);
    }

    public void Dispose()
    {
        meters.Dispose();
        services.Dispose();
        rig.Dispose();
    }

    [Fact]
    public async Task When_too_much_waits_an_offer_is_refused_at_once_and_counted_and_taken_later()
    {
        for (var read = 0; read < 3; read++)
            Offer($"note-{read}").Should().BeTrue();

        Offer("note-3").Should().BeFalse();

        lost.Should().Equal(new Dictionary<string, long> { ["north FULL"] = 1 });
        await RunToEndAsync();
        (await rig.ItemsAsync()).Select(static item => item.LocalId).Should().BeEquivalentTo("note-0", "note-1", "note-2");
    }

    [Fact]
    public void One_source_may_use_half_of_the_waiting_room()
    {
        Offer("note-0", bytes: 40_000).Should().BeTrue();
        Offer("note-1", bytes: 40_000).Should().BeFalse();
        Offer("note-0", bytes: 40_000, source: "south").Should().BeTrue();
    }

    [Fact]
    public void A_read_larger_than_the_whole_room_is_taken_when_nothing_waits() =>
        Offer("note-0", bytes: 500_000).Should().BeTrue("it would never fit better");

    [Fact]
    public async Task What_cannot_be_written_is_counted_and_shown_and_the_next_items_are_kept_again()
    {
        await rig.KeepAsync(rig.Seen(QuarantineRig.Note()));
        await writer.StartAsync(default);
        await using (await rig.LockAsync())
        {
            Offer("note-1");
            await EventuallyAsync(() => health.Problem == "BUSY" && lost.Count > 0);
        }
        lost.Should().Equal(new Dictionary<string, long> { ["north UNAVAILABLE"] = 1 });
        log.Lines.Should().Contain(line => line.Contains("(BUSY)"));

        Offer("note-2");
        await writer.StopAsync(default);

        health.Problem.Should().BeNull();
        (await rig.ItemsAsync()).Select(static item => item.LocalId).Should().BeEquivalentTo("note-1", "note-2");
    }

    [Fact]
    public async Task After_the_stop_nothing_more_is_taken_and_what_waited_is_written_down()
    {
        Offer("note-0");
        await RunToEndAsync();

        Offer("note-1").Should().BeFalse();
        lost.Should().Equal(new Dictionary<string, long> { ["north FULL"] = 1 });
        (await rig.ItemsAsync()).Single().LocalId.Should().Be("note-0");
    }

    [Fact]
    public async Task Bytes_that_fail_when_they_are_looked_at_do_not_end_the_writer()
    {
        using var bad = new GoneMemory();
        intake.Offer(ASource.Named("north"), [new Unreadable { Code = "X", Reason = "", Raw = bad.Memory }]);
        Offer("note-1", source: "south");

        await RunToEndAsync();

        lost.Should().ContainKey("north UNAVAILABLE");
        health.Problem.Should().BeNull("the store is not to blame");
    }

    [Fact]
    public async Task Settled_bytes_are_erased_as_time_passes_without_any_new_item()
    {
        await rig.KeepAsync(rig.Seen(QuarantineRig.Note()));
        var id = (await rig.ItemsAsync()).Single().Id;
        await rig.Store.DiscardAsync(id, "operator", "a test page", clock.GetUtcNow(), default);
        await writer.StartAsync(default);

        await EventuallyAsync(async () =>
        {
            clock.Advance(TimeSpan.FromDays(1));
            return await rig.Store.BytesAsync(id, default) is null;
        });

        clock.GetUtcNow().Should().BeAfter(QuarantineRig.Morning.AddDays(29));
        await writer.StopAsync(default);
    }

    private bool Offer(string localId, int bytes = 10, string source = "north") =>
        intake.Offer(ASource.Named(source), [QuarantineRig.Note(new string('a', bytes), localId)]);

    private async Task RunToEndAsync()
    {
        await writer.StartAsync(default);
        await writer.StopAsync(default);
    }

    private static Task EventuallyAsync(Func<bool> condition) => EventuallyAsync(() => Task.FromResult(condition()));

    private static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        while (!await condition())
            await Task.Delay(20, patience.Token);
    }

    /// <summary>Memory a plug-in manages itself, and has let go.</summary>
    private sealed class GoneMemory : MemoryManager<byte>
    {
        public override Memory<byte> Memory => CreateMemory(8);

        public override Span<byte> GetSpan() => throw new ObjectDisposedException(nameof(GoneMemory));

        public override MemoryHandle Pin(int elementIndex = 0) => throw new ObjectDisposedException(nameof(GoneMemory));

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}

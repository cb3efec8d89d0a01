using System.Collections.Concurrent;
using System.Text.Json;
using DmpFederation.Hub.HostTests.Migration.Killed;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DmpFederation.Hub.HostTests.Migration;

/// <summary>
/// A patient masks facts before, during and after the move of two sources, there and back, while a doctor reads all the time: from the moment the
/// hub confirmed a mask no answer shows the fact, and every other fact is always there.
/// </summary>
public sealed class MaskedWhileMovingTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly IReadOnlyList<string> Sources = ["dp", "picardie"];

    /// <summary>One before the migration, one in each state it goes through.</summary>
    private const int Masks = 8;

    private readonly string folder = Directory.CreateTempSubdirectory("dmp-masked-").FullName;
    private readonly ConcurrentDictionary<string, bool> masked = new();
    private LivingLegacy legacy = null!;
    private MortalHub hub = null!;
    private string ins = "";

    public async Task InitializeAsync()
    {
        legacy = await LivingLegacy.StartAsync(seed: 5, people: 40, Sources);
        hub = new MortalHub(legacy, Sources, MortalHub.SettingsFor(legacy, folder, connectionString: null));
        await hub.StartAsync();
        foreach (var patient in legacy.Patients)
        {
            ins = patient.InsNir;
            await hub.OpenAsync(ins);
            await AsPatientAsync("mutation($ins: INS!) { setConsent(ins: $ins, input: { action: READING, decision: PERMIT }) { blocked } }");
            var facts = await DoctorReadsAsync();
            if (Sources.All(source => facts.Count(entry => entry.Source == source) > Masks))
                return;
        }
        throw new InvalidOperationException("Nobody in this world has enough facts in both sources.");
    }

    public async Task DisposeAsync()
    {
        await hub.DisposeAsync();
        await legacy.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_mask_set_before_during_or_after_a_migration_holds_at_every_moment()
    {
        var before = await DoctorReadsAsync();
        // In turn from each source, so that both have masks of every moment.
        var chosen = Sources.SelectMany(source => before.Where(entry => entry.Source == source).Take(Masks / 2)).ToList();
        var free = before.Select(static entry => entry.Id).Except(chosen.Select(static entry => entry.Id)).ToHashSet();
        var next = new Queue<string>(chosen.Select(static entry => entry.Id).OrderBy(static id => id, StringComparer.Ordinal));
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(() => WatchAsync(free, stop.Token));

        await MaskAsync(next.Dequeue(), "before");
        foreach (var source in Sources)
            await hub.OrderAsync($"startMigration(sourceId: \"{source}\", input: {{ load: {{ patientsPerSecond: 12 }} }})");
        await MaskAsync(next.Dequeue(), "COPYING");
        (await hub.StandingAsync()).Should().Contain(static one => one.State == "COPYING");
        await hub.UntilAsync(static one => one.State == "FOLLOWING" && one.Copied == one.Total, "copied");
        await MaskAsync(next.Dequeue(), "FOLLOWING");
        await OrderAllAsync("verifyMigration", "");
        await hub.UntilAsync(static one => one is { State: "SHADOW", Differences: 0, BlockedBy: [] }, "found equal and ready");
        await MaskAsync(next.Dequeue(), "SHADOW");
        await OrderAllAsync("switchMigration", "");
        await MaskAsync(next.Dequeue(), "SWITCHED");
        await OrderAllAsync("reverseMigration", ", reason: \"essai\"");
        await MaskAsync(next.Dequeue(), "REVERSED");
        await OrderAllAsync("switchMigration", "");
        await MaskAsync(next.Dequeue(), "SWITCHED");
        await OrderAllAsync("retireMigration", "");
        await MaskAsync(next.Dequeue(), "RETIRED");
        await SettledAsync();

        await stop.CancelAsync();
        var (reads, faults) = await reading;
        output.WriteLine($"{reads} reads");
        faults.Should().BeEmpty();
        reads.Should().BeGreaterThan(20);
        (await DoctorReadsAsync()).Select(static entry => entry.Id).Should().BeEquivalentTo(free);
        foreach (var id in masked.Keys)
            await AsPatientAsync("mutation($ins: INS!, $id: ID!) { unmask(ins: $ins, target: { entryId: $id }) { ins } }", id);
        (await DoctorReadsAsync()).Should().BeEquivalentTo(before, "ids do not change by a migration, so a mask from before it is lifted after it");
    }

    private async Task OrderAllAsync(string order, string words)
    {
        foreach (var source in Sources)
            await hub.OrderAsync($"{order}(sourceId: \"{source}\"{words})");
        await SettledAsync();
    }

    private async Task MaskAsync(string id, string when)
    {
        await AsPatientAsync("mutation($ins: INS!, $id: ID!) { mask(ins: $ins, target: { entryId: $id }, visibility: MASQUE_PS) { ins } }", id);
        masked[id] = true;
        output.WriteLine($"masked {when}");
        (await DoctorReadsAsync()).Should().NotContain(entry => entry.Id == id, when);
        await SettledAsync();
    }

    /// <summary>A few reads go by.</summary>
    private async Task SettledAsync()
    {
        for (var reads = 0; reads < 3; reads++)
            await DoctorReadsAsync();
    }

    private async Task<(int Reads, IReadOnlyList<string> Faults)> WatchAsync(HashSet<string> free, CancellationToken cancellationToken)
    {
        var reads = 0;
        var faults = new List<string>();
        while (!cancellationToken.IsCancellationRequested)
        {
            var confirmed = masked.Keys.ToHashSet();
            var seen = (await DoctorReadsAsync()).Select(static entry => entry.Id).ToHashSet();
            reads++;
            // Others want the machine too.
            await Task.Delay(20, CancellationToken.None);
            if (seen.Overlaps(confirmed))
                faults.Add("a masked fact was shown");
            if (!free.IsSubsetOf(seen))
                faults.Add("a fact nobody masked was not shown");
        }
        return (reads, faults);
    }

    private async Task<List<(string Id, string Source)>> DoctorReadsAsync()
    {
        var data = await hub.AskAsync(
            static process => process.Doctor,
            "query($ins: INS!) { dossier(ins: $ins) { entries(first: 500) { hasNext nodes { id origins { sourceId } } } } }",
            new { ins });
        var page = data.GetProperty("dossier").GetProperty("entries");
        page.GetProperty("hasNext").GetBoolean().Should().BeFalse();
        return [.. page.GetProperty("nodes").EnumerateArray().Select(static entry =>
            (entry.GetProperty("id").GetString()!, string.Join('+', Origins(entry))))];
    }

    private static IEnumerable<string> Origins(JsonElement entry) =>
        entry.GetProperty("origins").EnumerateArray().Select(static origin => origin.GetProperty("sourceId").GetString()!).Distinct().Order();

    private Task AsPatientAsync(string mutation, string? id = null) => hub.AskAsync(process => process.Patient(ins), mutation, new { ins, id });
}

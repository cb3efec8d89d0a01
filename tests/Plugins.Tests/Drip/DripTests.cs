using System.Text.Json;
using DmpFederation.LegacySystems.Drip;
using DmpFederation.Sdk;
using DmpFederation.SyntheticFrance.Living;
using DmpFederation.SyntheticFrance.Model;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.Drip;

/// <summary>The drip over the real legacy systems, as their connectors see it.</summary>
public sealed class DripTests
{
    /// <summary>Sources that are folders are looked at every few seconds.</summary>
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Each_system_shows_and_tells_every_event_and_one_that_comes_twice_is_one()
    {
        await using var legacy = await LivingLegacy.StartAsync();
        var cursors = new Dictionary<string, string>();
        foreach (var (source, connector) in legacy.Connectors)
        {
            // The first look at a folder is over when its patients can be listed.
            if (connector is IPatientDirectory directory)
                (await directory.ListPatientsAsync(PatientPartition.All, null, CancellationToken.None).ToListAsync()).Should().NotBeEmpty();
            cursors[source] = await ((IChangeFeed)connector).CurrentCursorAsync(CancellationToken.None);
        }

        var events = new List<WorldEvent>();
        using var changes = ChangeStore.Open(legacy.Data);
        await legacy.LiveAsync(changes, 120, door => new TwiceTold(door, events));
        legacy.Complaints.Should().BeEmpty();
        events.Should().HaveCount(120);

        var missing = await MissingAsync(legacy, changes, events, cursors);
        for (var since = TimeProvider.System.GetTimestamp(); missing.Count > 0 && TimeProvider.System.GetElapsedTime(since) < Notice;)
        {
            await Task.Delay(500);
            missing = await MissingAsync(legacy, changes, events, cursors);
        }

        missing.Should().BeEmpty();
    }

    [Fact]
    public async Task A_system_that_is_away_is_named_its_event_waits_and_the_others_go_on()
    {
        await using var legacy = await LivingLegacy.StartAsync();
        var away = legacy.DpFile + ".away";
        File.Move(legacy.DpFile, away);
        WorldEvent waiting;
        using (var changes = ChangeStore.Open(legacy.Data))
        {
            for (var events = 0; changes.Begun().Count == 0 && events < 60; events += 5)
                await legacy.LiveAsync(changes, 5);
            await legacy.LiveAsync(changes, 5);
            waiting = changes.Begun().Should().ContainSingle().Subject;
            waiting.SourceId.Should().Be("dp");
            File.Exists(legacy.DpFile).Should().BeFalse("nobody makes an empty database in its place");
        }

        legacy.Complaints.Should().Contain("drip: dp did not take an event (its database file is not there)");
        var patient = legacy.World.Living(new NothingChanged()).PatientAt(waiting.Patient, LivingLegacy.Today);
        legacy.Complaints.Should().NotContain(patient.InsNir).And.NotContain(patient.BirthName);
        Settled(legacy, patient).Should().BeFalse("the truth of the patient is in doubt");

        // Another day, another run of the program.
        File.Move(away, legacy.DpFile);
        using (var changes = ChangeStore.Open(legacy.Data))
        {
            (await legacy.LiveAsync(changes, 1)).Should().Be(1);
            changes.Begun().Should().BeEmpty();
            var now = legacy.World.Living(changes).PatientAt(waiting.Patient, LivingLegacy.Today);
            (await legacy.ReadAsync("dp", now)).Should().BeEquivalentTo(Told(now, "dp"));
        }

        Settled(legacy, patient).Should().BeTrue();
        var kept = await File.ReadAllBytesAsync(TruthOf(legacy));
        legacy.World.WriteTruth(LivingLegacy.Today, CancellationToken.None);
        (await File.ReadAllBytesAsync(TruthOf(legacy))).Should().Equal(kept, "lines put in one by one are those of the whole");
    }

    [Fact]
    public async Task It_ends_at_once_when_asked()
    {
        await using var legacy = await LivingLegacy.StartAsync();
        using var changes = ChangeStore.Open(legacy.Data);
        using var truth = new TruthLedger(legacy.Data, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var drip = new LegacySystems.Drip.Drip(legacy.World.Living(changes), changes, truth, [], TimeProvider.System, TextWriter.Null)
            .RunAsync(TimeSpan.FromHours(1), null, stop.Token);
        await stop.CancelAsync();
        (await drip.WaitAsync(TimeSpan.FromSeconds(10))).Should().Be(0);
    }

    private static string TruthOf(LivingLegacy legacy) => Path.Combine(legacy.Data, "truth.ndjson");

    /// <summary>The rule a reader goes by: the last event told of a patient is that of their line in the truth.</summary>
    private static bool Settled(LivingLegacy legacy, SyntheticPatient patient)
    {
        var ins = "urn:oid:1.2.250.1.213.1.4.10|" + patient.InsNir;
        return Seq("truth.ndjson") == Seq("truth-changes.ndjson");

        long Seq(string file) => File.ReadLines(Path.Combine(legacy.Data, file)).Select(static line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("ins").GetString() == ins).Select(static line => line.GetProperty("seq").GetInt64()).LastOrDefault();
    }

    private static List<string> Told(SyntheticPatient patient, string source) =>
    [
        .. patient.Facts.SelectMany(static fact => fact.Origins)
            .Where(origin => origin.SourceId == source && patient.Shows(origin)).Select(static origin => origin.LocalId),
    ];

    private static async Task<List<string>> MissingAsync(
        LivingLegacy legacy, ChangeStore changes, IReadOnlyList<WorldEvent> events, IReadOnlyDictionary<string, string> cursors)
    {
        var missing = new List<string>();
        var world = legacy.World.Living(changes);
        foreach (var index in events.Select(static happened => happened.Patient).Distinct())
        {
            var patient = world.PatientAt(index, LivingLegacy.Today);
            foreach (var source in legacy.Connectors.Keys.Where(source => patient.Reach(source) == TrapReach.Own))
            {
                var (told, read) = (Told(patient, source), await legacy.ReadAsync(source, patient));
                missing.AddRange(told.Except(read).Select(id => $"{source} does not show {id}"));
                missing.AddRange(read.Except(told).Select(id => $"{source} shows {id}"));
            }
        }

        // What stood before the drip and is taken back must be told; what came and went meanwhile need not.
        var written = SyntheticFrance.World.Generate(legacy.World.Seed, LivingLegacy.Patients, LivingLegacy.Today)
            .SelectMany(static patient => patient.Facts.SelectMany(static fact => fact.Origins).Where(patient.Shows))
            .Select(static origin => origin.LocalId).ToHashSet(StringComparer.Ordinal);
        foreach (var (source, cursor) in cursors)
        {
            var last = new Dictionary<string, bool>(StringComparer.Ordinal);
            await foreach (var change in ((IChangeFeed)legacy.Connectors[source]).ReadChangesAsync(cursor, CancellationToken.None))
            {
                change.Should().NotBeOfType<ItemUnreadable>();
                last[change is EntryWithdrawn gone ? gone.LocalId : ((EntryChanged)change).Entry.LocalId] = change is EntryChanged;
            }

            foreach (var happened in events.Where(happened => happened.SourceId == source))
            {
                var patient = world.PatientAt(happened.Patient, LivingLegacy.Today);
                var now = patient.Facts.SelectMany(static fact => fact.Origins).Where(origin => origin.SourceId == source)
                    .ToDictionary(static origin => origin.LocalId, patient.Shows);
                foreach (var (_, origin) in happened.Held())
                {
                    if (now.GetValueOrDefault(origin.LocalId) && !last.GetValueOrDefault(origin.LocalId))
                        missing.Add($"{source} does not tell {origin.LocalId}");
                    if (origin.Withdrawn
                        && (last.TryGetValue(origin.LocalId, out var stands) ? stands : written.Contains(origin.LocalId)))
                        missing.Add($"{source} does not take back {origin.LocalId}");
                }
            }
        }

        return missing;
    }

    /// <summary>A door through which each event comes twice, as after a failure that left open whether it was taken.</summary>
    private sealed class TwiceTold(ILegacyDoor door, List<WorldEvent> events) : ILegacyDoor
    {
        public string SourceId => door.SourceId;

        public async Task WriteAsync(SyntheticPatient after, WorldEvent happened, CancellationToken cancellationToken)
        {
            await door.WriteAsync(after, happened, cancellationToken);
            await door.WriteAsync(after, happened, cancellationToken);
            events.Add(happened);
        }
    }

    private sealed class NothingChanged : IWorldChanges
    {
        public int CopyCount => 0;

        public IReadOnlyList<SyntheticFact> FactsOf(int patient) => [];

        public IReadOnlyList<CopyToCome> CopiesOf(int patient) => [];

        public CopyToCome? NextCopy(InDoubt doubt) => null;
    }
}

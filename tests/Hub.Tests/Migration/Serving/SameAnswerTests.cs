using CsCheck;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using DmpFederation.TestKit.Migration;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Migration.Serving;

/// <summary>Whatever the states of the slices, the answer is the one the legacy systems would have given, but for who served it.</summary>
public sealed class SameAnswerTests
{
    private static readonly DossierScope[] Scopes =
    [
        DossierScope.All,
        new(true, [EntryCategory.Medication], []),
        new(true, [EntryCategory.LabResult, EntryCategory.Condition], []),
    ];

    private static readonly Gen<DossierEntry> Fact = Gen.Select(Gen.Int[0, 3], Gen.Int[1, 6], Gen.Int[1, 28]).Select(static (kind, number, day) =>
        (DossierEntry)(kind switch
        {
            0 => AnEntry.Dispensation(day: $"2009-03-{day:D2}") with { LocalId = $"d{number}" },
            1 => AnEntry.HbA1c(number) with { LocalId = $"r{number}" },
            2 => AnEntry.Prescription(day: $"2009-03-{day:D2}") with { LocalId = $"p{number}" },
            _ => AnEntry.Of(EntryCategory.Condition, "Condition") with { LocalId = $"c{number}", Title = "asthme", Date = $"2009-03-{day:D2}" },
        }));

    private static readonly Gen<World> Worlds = Gen.Select(
        Fact.Array[0, 12], Fact.Array[0, 12], Gen.Enum<MigrationState>(), Gen.Enum<MigrationState>(), Gen.Bool,
        Gen.Int[0, 2].Select(static at => Scopes[at]))
        .Select(static (dp, picardie, medicines, rest, held, scope) =>
            new World([.. dp.DistinctBy(LocalId)], [.. picardie.DistinctBy(LocalId)], medicines, rest, held, scope));

    [Fact]
    public Task Every_state_of_a_migration_gives_the_same_answer() => Worlds.SampleAsync(
        async world =>
        {
            using var before = Hub(world, migrated: false);
            using var after = Hub(world, migrated: true);
            var (one, other) = (await before.Hub.AskAsync(world.Scope), await after.Hub.AskAsync(world.Scope));

            other.Entries.Select(Print).Should().Equal(one.Entries.Select(Print));
            other.Sources.Select(static source => (source.SourceId, source.Status, source.Reason, source.EntryCount, source.IsComplete))
                .Should().Equal(one.Sources.Select(static source => (source.SourceId, source.Status, source.Reason, source.EntryCount, source.IsComplete)));
            foreach (var origin in other.Entries.SelectMany(static entry => entry.Origins))
                origin.ServedBy.Should().Be(world.StoreOf(origin));
        },
        iter: 400);

    private static string Print(MergedEntry entry) =>
        $"{entry.Id} {entry.Lead.LocalId} {entry.Lead.Date} {string.Join(',', entry.Origins.Select(static origin => origin.EntryId))} {entry.Conflicts.Count}";

    private static string LocalId(DossierEntry fact) => fact.LocalId;

    private static ServedHub Hub(World world, bool migrated)
    {
        var hub = new ServedHub();
        hub.Hub.With("dp", Answer(world.Dp)).With("picardie", Answer(world.Picardie));
        if (!migrated)
            return hub;
        var migration = AMigration.Of(AMigration.Of("dp", MigrationState.Federated).Plan, world.StateOf);
        hub.Migrate(migration);
        if (world.Held || world.HasRetired)
            hub.Hold(migration, new PatientCopy { Key = APatient.Known().Ins.Key, Entries = world.Dp });
        return hub;
    }

    /// <summary>As a connector does: categories outside the question are left out.</summary>
    private static Func<ReadCall, Task<SourceOutcome>> Answer(DossierEntry[] facts) => call => Task.FromResult(call.Outcome(
        SourceStatus.Answered, null,
        [.. facts.Where(fact => call.Request.Categories.Count == 0 || call.Request.Categories.Contains(fact.Category))]));

    private sealed record World(
        DossierEntry[] Dp, DossierEntry[] Picardie, MigrationState Medicines, MigrationState Rest, bool Held, DossierScope Scope)
    {
        public bool HasRetired => Medicines == MigrationState.Retired || Rest == MigrationState.Retired;

        public MigrationState StateOf(SliceId slice) => slice.Group == "medicines" ? Medicines : Rest;

        public Store StoreOf(EntryOrigin origin)
        {
            var group = AMigration.Medicines.Categories.Contains(origin.Entry.Category) ? Medicines : Rest;
            return origin.SourceId == "dp" && (Held || HasRetired) && group is MigrationState.Switched or MigrationState.Retired && origin.SourceId == "dp"
                ? Store.National
                : Store.Legacy;
        }

        public override string ToString() => $"{Medicines}/{Rest} held {Held} {Dp.Length}+{Picardie.Length} {string.Join(',', Scope.Categories)}";
    }
}

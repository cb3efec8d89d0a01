using System.Text.Json;
using DmpFederation.LegacySystems.Drip;
using DmpFederation.SyntheticFrance.Care;
using DmpFederation.SyntheticFrance.Living;
using DmpFederation.SyntheticFrance.Model;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.Drip;

/// <summary>What happens in a world that goes on, whoever hears of it.</summary>
public sealed class LivingWorldTests(LivingFixture living) : IClassFixture<LivingFixture>
{
    private static readonly JsonSerializerOptions Json = new() { IncludeFields = true };

    public static TheoryData<string> Sources =>
        [SourceIds.Dp, SourceIds.FrancheComte, SourceIds.Picardie, SourceIds.WebMedecin, SourceIds.LabosRhoneAlpes, SourceIds.ReseauDiabete];

    [Fact]
    public void The_same_seed_lives_the_same_life_and_another_seed_another()
    {
        var first = living.Events.Take(60).Select(Print).ToList();
        Live(2009).Should().Equal(first);
        Live(7).Should().NotIntersectWith(first);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Each_dossier_hears_of_new_facts_corrects_and_withdraws(string source)
    {
        var kinds = living.Events.Where(happened => happened.SourceId == source).Select(static happened => happened.Kind).ToHashSet();
        kinds.Should().Contain([WorldEventKind.NewFact, WorldEventKind.Correction, WorldEventKind.Withdrawal]);
    }

    [Fact]
    public void Some_facts_reach_a_second_dossier_later()
    {
        living.Events.Should().Contain(static happened => happened.Kind == WorldEventKind.LateCopy);
        living.Events.Where(static happened => happened.Kind == WorldEventKind.LateCopy)
            .Should().OnlyContain(static happened => happened.Facts.Any(static fact => fact.Origins.Count > 1));
    }

    [Fact]
    public void New_facts_are_of_the_last_days_and_never_of_the_future()
    {
        foreach (var happened in living.Events.Where(static happened => happened is { Kind: WorldEventKind.NewFact, Copy: null }))
            happened.Facts.Should().OnlyContain(fact => fact.Date <= happened.At && fact.Date > happened.At.AddDays(-20) && fact.Origins.Count == 1);
    }

    [Fact]
    public void A_dossier_says_a_thing_under_one_id_and_nobody_has_two_of_one_thing_a_day()
    {
        for (var index = 0; index < LivingFixture.Patients; index++)
        {
            var shown = living.World.PatientAt(index, LivingFixture.WrittenOn).Facts.Where(static fact => !fact.OfAnother).ToList();
            shown.Select(static fact => fact.Id).Should().OnlyHaveUniqueItems();
            shown.SelectMany(static fact => fact.Origins).Concat(living.AwaitedOf(index).SelectMany(static fact => fact.Origins))
                .Select(static origin => (origin.SourceId, origin.LocalId)).Should().OnlyHaveUniqueItems("what is on its way does not happen again");
            shown.Where(static fact => fact.Kind is FactKind.LabResult && fact.Id.Length > 8)
                .Select(static fact => (fact.Codes[0].Code, fact.Date.Date)).Should().OnlyHaveUniqueItems();
        }
    }

    [Fact]
    public void A_correction_changes_what_one_dossier_alone_says()
    {
        // A document that replaces another says all of it again.
        var corrections = living.Events.Where(static happened =>
            happened.Kind == WorldEventKind.Correction && happened.SourceId != SourceIds.FrancheComte).ToList();
        corrections.Should().NotBeEmpty();
        foreach (var correction in corrections)
            correction.Facts.Should().ContainSingle().Which.Origins.Should().ContainSingle().Which.SourceId.Should().Be(correction.SourceId);
    }

    [Fact]
    public void A_withdrawal_takes_nothing_from_other_dossiers()
    {
        var withdrawals = living.Events.Where(static happened => happened.Kind == WorldEventKind.Withdrawal).ToList();
        withdrawals.Should().NotBeEmpty();
        foreach (var withdrawal in withdrawals)
        {
            withdrawal.Facts.SelectMany(static fact => fact.Origins)
                .Should().Contain(origin => origin.SourceId == withdrawal.SourceId && origin.Withdrawn);
            foreach (var fact in withdrawal.Facts)
                Others(fact, withdrawal.SourceId).Should().Equal(Others(Before(fact, withdrawal), withdrawal.SourceId));
        }
    }

    [Fact]
    public void What_is_in_doubt_is_left_alone()
    {
        using var store = new Folder();
        using var changes = ChangeStore.Open(store.Path);
        var world = new LivingWorld(2009, 20, LivingFixture.WrittenOn, changes);
        var doubt = new InDoubt(Enumerable.Range(0, 19).ToHashSet(), new HashSet<string> { SourceIds.Picardie });
        for (var number = 1; number < 8; number++)
        {
            if (world.Next(number, new DateTimeOffset(LivingFixture.WrittenOn, new TimeOnly(9, 0), TimeSpan.Zero), doubt) is { } next)
                (next.Patient, next.SourceId == SourceIds.Picardie).Should().Be((19, false));
        }
    }

    private static IEnumerable<(string LocalId, bool Visible)> Others(SyntheticFact fact, string source) =>
        fact.Origins.Where(origin => origin.SourceId != source).Select(static origin => (origin.LocalId, origin.Visible));

    private SyntheticFact Before(SyntheticFact fact, WorldEvent happened) =>
        living.Events.TakeWhile(earlier => earlier != happened).SelectMany(static earlier => earlier.Facts)
            .LastOrDefault(earlier => earlier.Id == fact.Id)
        ?? SyntheticFrance.World.Generate(2009, LivingFixture.Patients, LivingFixture.WrittenOn)
            .SelectMany(static patient => patient.Facts).Single(written => written.Id == fact.Id);

    private static List<string> Live(int seed)
    {
        using var store = new Folder();
        using var changes = ChangeStore.Open(store.Path);
        return [.. LivingFixture.Happen(new LivingWorld(seed, LivingFixture.Patients, LivingFixture.WrittenOn, changes), changes, 60).Select(Print)];
    }

    private static string Print(WorldEvent happened) => JsonSerializer.Serialize(happened, Json);

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("living-tests-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}

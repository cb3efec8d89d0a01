using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Identity.Links;
using DmpFederation.Hub.Migration.Patients;
using DmpFederation.Hub.Migration.Reading;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using DmpFederation.TestKit.Migration;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Migration;

/// <summary>Whom a wave is made of: each patient in one wave, in an order a copy can go on in.</summary>
public sealed class PatientListsTests : IAsyncLifetime
{
    private const int People = 40;

    private static readonly MigrationPlan Waves = MigrationRig.WholePlan() with
    {
        Waves =
        [
            new Wave("few", WaveKind.Cohort) { Cohort = new HashSet<PatientKey> { LegacyPeople.Key(3), LegacyPeople.Key(1), LegacyPeople.Key(2) } },
            new Wave("half", WaveKind.Partition) { Partition = new PatientPartition(0, 2) },
            new Wave("rest", WaveKind.Rest),
        ],
    };

    private readonly MigrationRig rig;

    public PatientListsTests()
    {
        rig = new MigrationRig(with: static world =>
            world.Identities = new FakeCertifiedIdentities([.. Enumerable.Range(1, People).Select(APatient.Number)]));
        rig.Legacy.Fill(People);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    public async Task Every_patient_of_a_directory_is_in_one_wave()
    {
        var lists = new List<List<ListedPatient>>();
        foreach (var wave in Waves.Waves)
            lists.Add(await ListAsync(rig.Source, Waves, wave, null));

        lists.SelectMany(static list => list).Select(static one => one.Key).Should().BeEquivalentTo(rig.Legacy.Keys).And.OnlyHaveUniqueItems();
        lists[0].Should().HaveCount(3).And.BeInAscendingOrder(static one => one.Key.Value, StringComparer.Ordinal);
        lists[1].Should().OnlyContain(static one => new PatientPartition(0, 2).Contains(one.Key)).And.NotBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_list_goes_on_after_any_position_as_if_it_had_not_been_cut_off(int wave)
    {
        var whole = await ListAsync(rig.Source, Waves, Waves.Waves[wave], null);
        for (var cut = 0; cut < whole.Count; cut++)
            (await ListAsync(rig.Source, Waves, Waves.Waves[wave], whole[cut].Position)).Should().Equal(whole.Skip(cut + 1));
    }

    [Fact]
    public async Task Without_a_directory_those_are_listed_whom_the_hub_knows_by_the_key_a_reader_would_ask_by()
    {
        Know(5, 6);
        var source = rig.Source with { Capabilities = [nameof(IChangeFeed)], PatientKeySystems = [PatientKeySystems.InsC] };

        var listed = await ListAsync(source, MigrationRig.WholePlan(), MigrationRig.WholePlan().Waves[0], null);

        listed.Select(static one => one.Key).Should().BeEquivalentTo([APatient.Number(5).InsC.Key, APatient.Number(6).InsC.Key]);
    }

    [Fact]
    public async Task A_source_that_matches_by_traits_is_asked_about_the_known_even_though_it_lists_numbers_of_its_own()
    {
        Know([.. Enumerable.Range(1, People)]);
        var source = rig.Source with { MatchesByTraits = true, PatientKeySystems = [PatientKeySystems.InsNirTest, PatientKeySystems.InsC] };
        var plan = MigrationRig.WholePlan();

        var whole = await ListAsync(source, plan, plan.Waves[0], null);

        whole.Select(static one => one.Key).Should().BeEquivalentTo(Enumerable.Range(1, People).Select(LegacyPeople.Key));
        (await ListAsync(source, plan, plan.Waves[0], whole[20].Position)).Should().Equal(whole.Skip(21));
    }

    [Fact]
    public async Task Whom_no_reader_can_ask_about_is_not_listed_and_when_identities_cannot_be_had_nothing_is_pretended()
    {
        Know(People + 1);
        var source = rig.Source with { MatchesByTraits = true };
        var plan = MigrationRig.WholePlan();
        (await ListAsync(source, plan, plan.Waves[0], null)).Should().BeEmpty();

        rig.World.Identities.Instead = static (_, _) => Task.FromResult(CertifiedIdentity.Unavailable);
        await FluentActions.Awaiting(() => ListAsync(source, plan, plan.Waves[0], null)).Should().ThrowAsync<LegacyOutageException>();
    }

    [Fact]
    public async Task A_directory_that_breaks_is_an_outage_and_no_end()
    {
        rig.Legacy.Outage = SourceFaultCodes.ErrorStatus;
        var plan = MigrationRig.WholePlan();

        (await FluentActions.Awaiting(() => ListAsync(rig.Source, plan, plan.Waves[0], null)).Should().ThrowAsync<LegacyOutageException>())
            .Which.Code.Should().Be(SourceFaultCodes.ErrorStatus);
    }

    private void Know(params int[] numbers) => rig.World.Persons.Persons.AddRange(numbers.Select(static number =>
        new KnownPerson(new PersonId(new Guid(number * 7_919, 1, 2, [3, 4, 5, 6, 7, 8, 9, 10])), [LegacyPeople.Key(number)])));

    private async Task<List<ListedPatient>> ListAsync(Source source, MigrationPlan plan, Wave wave, string? after)
    {
        var listed = new List<ListedPatient>();
        await foreach (var one in rig.Get<PatientLists>().ListAsync(source, plan, wave, after, default))
            listed.Add(one);
        return listed;
    }
}

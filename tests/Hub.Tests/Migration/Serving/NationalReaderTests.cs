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

public sealed class NationalReaderTests : IDisposable
{
    private readonly ServedHub served = new();
    private readonly DossierEntry box = AnEntry.Dispensation();
    private readonly DossierEntry result = AnEntry.HbA1c();

    public void Dispose() => served.Dispose();

    [Theory]
    [InlineData(MigrationState.Federated)]
    [InlineData(MigrationState.Copying)]
    [InlineData(MigrationState.Following)]
    [InlineData(MigrationState.Verifying)]
    [InlineData(MigrationState.Shadow)]
    [InlineData(MigrationState.Reversed)]
    internal async Task Until_the_switch_and_after_a_reverse_the_legacy_serves(MigrationState state)
    {
        var migration = AMigration.Of("dp", state);
        served.Migrate(migration).Hold(migration, box).Hub.With("dp", Behaviour.Answers(box));

        var dossier = await served.Hub.AskAsync();

        dossier.Entries.Should().ContainSingle().Which.Origins.Should().ContainSingle().Which.ServedBy.Should().Be(Store.Legacy);
        dossier.Sources.Should().ContainSingle().Which.ServedBy.Should().Be(Store.Legacy);
        served.AskedOf("dp").Should().ContainSingle();
        served.Copies.Reads.Should().Be(0);
    }

    [Theory]
    [InlineData(MigrationState.Switched)]
    [InlineData(MigrationState.Retired)]
    internal async Task After_the_switch_the_national_store_serves_and_the_legacy_is_not_asked(MigrationState state)
    {
        var migration = AMigration.Of("dp", state);
        served.Migrate(migration).Hold(migration, box, result).Hub.With("dp", Behaviour.Answers(box, result));

        var dossier = await served.Hub.AskAsync();

        dossier.Complete.Should().BeTrue();
        dossier.Entries.Should().HaveCount(2).And.OnlyContain(entry => entry.Origins[0].ServedBy == Store.National);
        dossier.Sources.Should().ContainSingle().Which.Should()
            .BeEquivalentTo(new { Status = SourceStatus.Answered, EntryCount = 2, ServedBy = Store.National, IsComplete = true });
        served.AskedOf("dp").Should().BeEmpty();
    }

    [Fact]
    public async Task A_paused_slice_is_served_as_before()
    {
        var migration = AMigration.Of("dp", MigrationState.Switched);
        migration = migration with { Slices = [.. migration.Slices.Select(static slice => slice with { State = MigrationState.Paused })] };
        served.Migrate(migration).Hold(migration, box).Hub.With("dp", Behaviour.Answers(box));

        (await served.Hub.AskAsync()).Sources[0].ServedBy.Should().Be(Store.National);
    }

    [Fact]
    public async Task A_patient_the_national_store_does_not_hold_is_asked_of_the_legacy()
    {
        served.Migrate(AMigration.Of("dp", MigrationState.Switched)).Hub.With("dp", Behaviour.Answers(box));

        var dossier = await served.Hub.AskAsync();

        dossier.Entries.Should().ContainSingle();
        dossier.Sources[0].Should().BeEquivalentTo(new { Status = SourceStatus.Answered, ServedBy = Store.Legacy, IsComplete = true });
    }

    [Theory]
    [InlineData(MigrationState.Switched)]
    [InlineData(MigrationState.Retired)]
    internal async Task A_patient_the_source_does_not_list_is_unknown_and_the_legacy_is_not_asked(MigrationState state)
    {
        var migration = AMigration.Of("dp", state);
        served.Migrate(migration with { Slices = [.. migration.Slices.Select(static slice => slice with { Listed = true })] })
            .Hub.With("dp", Behaviour.Breaks("asked"));

        (await served.Hub.AskAsync()).Sources[0].Should()
            .BeEquivalentTo(new { Status = SourceStatus.UnknownPatient, ServedBy = Store.National, IsComplete = true });
        served.AskedOf("dp").Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task While_not_all_who_are_listed_are_held_or_followed_an_unlisted_patient_is_asked_of_the_legacy(bool late)
    {
        var migration = AMigration.Of("dp", MigrationState.Switched);
        served.Migrate(migration with
        {
            Slices = [.. migration.Slices.Select(slice => slice with { Listed = true, Total = late ? slice.Copied : slice.Copied + 1 })],
        }).Hub.With("dp", Behaviour.Answers(box));
        if (late)
            served.Hub.Clock.Advance(served.Options.StaleAfter + TimeSpan.FromSeconds(1));

        (await served.Hub.AskAsync()).Sources[0].Should().BeEquivalentTo(new { Status = SourceStatus.Answered, ServedBy = Store.Legacy });
    }

    [Fact]
    public async Task A_source_that_lists_its_patients_is_asked_while_the_national_store_cannot_be_used()
    {
        var migration = AMigration.Of("dp", MigrationState.Switched);
        served.Migrate(migration with { Slices = [.. migration.Slices.Select(static slice => slice with { Listed = true })] })
            .Hub.With("dp", Behaviour.Answers(box));
        served.Copies.Fault = "UNREACHABLE";

        (await served.Hub.AskAsync()).Sources[0].Should().BeEquivalentTo(new { Status = SourceStatus.Answered, ServedBy = Store.Legacy });
    }

    [Fact]
    public async Task While_the_national_store_cannot_be_used_the_legacy_answers()
    {
        var migration = AMigration.Of("dp", MigrationState.Switched);
        served.Migrate(migration).Hold(migration, box).Hub.With("dp", Behaviour.Answers(box));
        served.Copies.Fault = "DISK_FULL";

        var dossier = await served.Hub.AskAsync();

        dossier.Complete.Should().BeTrue();
        dossier.Sources[0].ServedBy.Should().Be(Store.Legacy);
    }

    [Fact]
    public async Task A_national_store_that_hangs_leaves_the_legacy_time_to_answer()
    {
        served.Migrate(AMigration.Of("dp", MigrationState.Switched)).Hub.With("dp", Behaviour.Answers(box));
        served.Copies.Hangs = true;
        var asked = served.Hub.AskAsync();
        await served.Hub.Clock.AtLeastTimersAsync(2);

        served.Hub.Clock.Advance(served.Options.FallBackAfter);

        (await asked).Sources[0].Should().BeEquivalentTo(new { Status = SourceStatus.Answered, ServedBy = Store.Legacy, IsComplete = true });
    }

    [Fact]
    public async Task Of_a_retired_source_an_uncopied_patient_is_missing_and_not_unknown()
    {
        served.Migrate(AMigration.Of("dp", MigrationState.Retired)).Hub.With("dp", Behaviour.Answers(box));

        var dossier = await served.Hub.AskAsync();

        dossier.Sources[0].Should().BeEquivalentTo(new { Status = SourceStatus.Partial, Reason = "NEVER_COPIED", IsComplete = false });
        served.AskedOf("dp").Should().BeEmpty();
    }

    [Fact]
    public async Task Of_a_retired_source_nothing_is_claimed_while_the_national_store_cannot_be_used()
    {
        var migration = AMigration.Of("dp", MigrationState.Retired);
        served.Migrate(migration).Hold(migration, box).Hub.With("dp", Behaviour.Answers(box));
        served.Copies.Fault = "UNREACHABLE";

        (await served.Hub.AskAsync()).Sources[0].Should()
            .BeEquivalentTo(new { Status = SourceStatus.Partial, Reason = "NATIONAL_UNAVAILABLE", EntryCount = 0, IsComplete = false });
    }

    [Fact]
    public async Task A_patient_copied_as_unknown_is_unknown()
    {
        var migration = AMigration.Of("dp", MigrationState.Switched);
        served.Migrate(migration).Hold(migration, new PatientCopy { Key = APatient.Known().Ins.Key, IsUnknown = true })
            .Hub.With("dp", Behaviour.Answers());

        (await served.Hub.AskAsync()).Sources[0].Should()
            .BeEquivalentTo(new { Status = SourceStatus.UnknownPatient, ServedBy = Store.National, IsComplete = true });
    }

    [Fact]
    public async Task Gaps_and_unreadable_items_that_were_copied_are_told_as_the_legacy_told_them()
    {
        var migration = AMigration.Of("dp", MigrationState.Switched);
        served.Migrate(migration).Hold(migration, new PatientCopy { Key = APatient.Known().Ins.Key, Entries = [box], Gaps = ["PAGE_FAILED"] })
            .Hub.With("dp", Behaviour.Answers(box));

        (await served.Hub.AskAsync()).Sources[0].Should()
            .BeEquivalentTo(new { Status = SourceStatus.Partial, Reason = "PAGE_FAILED", EntryCount = 1, IsComplete = false });
    }

    [Fact]
    public async Task A_group_that_is_not_switched_comes_from_the_legacy_and_each_fact_says_where_from()
    {
        var migration = AMigration.Of(
            AMigration.Of("dp", MigrationState.Shadow).Plan,
            static slice => slice.Group == "medicines" ? MigrationState.Switched : MigrationState.Shadow);
        served.Migrate(migration).Hold(migration, box, result).Hub.With("dp", Behaviour.Answers(result, AnEntry.Dispensation() with { LocalId = "late" }));

        var dossier = await served.Hub.AskAsync();

        dossier.Entries.Select(static entry => (entry.Lead.Category, entry.Origins[0].ServedBy)).Should().BeEquivalentTo(
            [(EntryCategory.Medication, Store.National), (EntryCategory.LabResult, Store.Legacy)]);
        dossier.Sources[0].ServedBy.Should().Be(Store.Legacy);
        served.AskedOf("dp").Should().ContainSingle().Which.Request.Categories.Should().BeEquivalentTo(AMigration.Rest.Categories);
    }

    [Fact]
    public async Task A_broken_legacy_takes_nothing_from_the_patients_served_nationally()
    {
        var migration = AMigration.Of("dp", MigrationState.Switched);
        var other = APatient.Number(2);
        served.Migrate(migration).Hold(migration, box).Hub
            .With("dp", Behaviour.Ends(static call => call.Outcome(SourceStatus.Failed, "UNREACHABLE")));

        var dossiers = await served.Hub.SendAsync(FederationBuilder.ADossierRequest(null, APatient.Known().Ins, other.Ins));

        ((DossierAnswer)dossiers[0]).Sources[0].Should().BeEquivalentTo(new { Status = SourceStatus.Answered, ServedBy = Store.National });
        ((DossierAnswer)dossiers[1]).Sources[0].Should()
            .BeEquivalentTo(new { Status = SourceStatus.Partial, Reason = "UNREACHABLE", IsComplete = false, ServedBy = Store.Legacy });
        served.AskedOf("dp").Should().ContainSingle().Which.Request.Patients.Should().ContainSingle().Which.Key.Should().Be(other.Ins.Key);
    }

    [Fact]
    public async Task A_legacy_that_mixes_up_patients_is_not_believed_about_anybody()
    {
        var migration = AMigration.Of("dp", MigrationState.Switched);
        served.Migrate(migration).Hold(migration, box).Hub
            .With("dp", Behaviour.Ends(static call => call.Outcome(SourceStatus.Quarantined, "WRONG_PATIENT")));

        var dossiers = await served.Hub.SendAsync(FederationBuilder.ADossierRequest(null, APatient.Known().Ins, APatient.Number(2).Ins));

        dossiers.Cast<DossierAnswer>().Should().OnlyContain(static dossier => dossier.Sources[0].Status == SourceStatus.Quarantined);
    }

    [Fact]
    public async Task A_store_that_is_behind_says_as_of_when_it_is()
    {
        var migration = AMigration.Of("dp", MigrationState.Switched);
        served.Migrate(migration).Hold(migration, box).Hub.With("dp", Behaviour.Answers(box));
        (await served.Hub.AskAsync()).Sources[0].AsOf.Should().BeNull();

        served.Hub.Clock.Advance(served.Options.StaleAfter + TimeSpan.FromSeconds(1));

        (await served.Hub.AskAsync()).Sources[0].AsOf.Should().Be(migration.FollowedAt);
    }

    [Theory]
    [InlineData(SourceState.Disabled)]
    [InlineData(SourceState.Malfunctioned)]
    [InlineData(SourceState.Misconfigured)]
    internal async Task A_source_served_nationally_is_answered_though_its_connector_is_shut(SourceState state)
    {
        var migration = AMigration.Of("dp", MigrationState.Retired);
        served.Migrate(migration).Hold(migration, box).Hub.With(ASource.Named("dp").In(state), Behaviour.Breaks("asked"));

        (await served.Hub.AskAsync()).Sources[0].Should().BeEquivalentTo(new { Status = SourceStatus.Answered, ServedBy = Store.National });
    }

    [Fact]
    public async Task A_source_that_was_shut_for_mixing_up_patients_is_not_served_nationally_either()
    {
        var migration = AMigration.Of("dp", MigrationState.Switched);
        served.Migrate(migration).Hold(migration, box).Hub.With(ASource.Named("dp").In(SourceState.Quarantined), Behaviour.Breaks("asked"));

        (await served.Hub.AskAsync()).Sources[0].Status.Should().Be(SourceStatus.Quarantined);
    }
}

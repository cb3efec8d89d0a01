using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Copying;
using DmpFederation.Hub.Migration.Following;
using DmpFederation.Hub.Migration.Gates;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Steps;
using DmpFederation.Hub.Migration.Verifying;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using DmpFederation.TestKit.Migration;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Migration;

/// <summary>A slice is compared with its legacy as a whole: what differs is found and blocks the switch, what only moved meanwhile is none.</summary>
public sealed class VerificationTests : IAsyncLifetime
{
    private const int People = 30;

    private static readonly PatientKey Victim = LegacyPeople.Key(7);

    private readonly MigrationRig rig = new(settings: new Dictionary<string, string?> { ["Migration:SettleLimit"] = "00:00:20" });
    private readonly CancellationTokenSource stop = new();
    private Task following = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        rig.Legacy.Fill(People);
        await rig.StartAsync();
        following = FollowAsync();
        await UntilAsync(async () => (await rig.FindAsync()).Cursor is not null);
        await rig.Get<SliceCopying>().RunAsync(await rig.WorkAsync(), default);
        // The follower has called the roll: from now on nothing but a change heard of has it read anybody.
        await UntilAsync(async () => (await rig.FindAsync()).FollowedAt is not null);
    }

    public async Task DisposeAsync()
    {
        await stop.CancelAsync();
        await following;
        stop.Dispose();
        await rig.DisposeAsync();
    }

    [Fact]
    public async Task An_equal_slice_is_found_equal_and_goes_into_shadow()
    {
        var batches = rig.Copies.Batches;

        await VerifyAsync();

        var slice = await SliceAsync();
        (slice.State, slice.Differences).Should().Be((MigrationState.Shadow, 0));
        var found = rig.Migrations.Verified(slice.Id)!;
        (found.Patients, found.Facts, found.Unexplained).Should().Be((People, People * 4, 0));
        rig.Copies.Batches.Should().Be(batches, "a verification changes no fact");
    }

    [Fact]
    public async Task With_fresh_evidence_and_a_rehearsed_way_back_it_can_be_switched()
    {
        await VerifyAsync();
        (await rig.Director.SwitchAsync("north", null, MigrationRig.Note, default))
            .Should().BeOfType<StepResult.Blocked>().Which.Codes.Should().Equal(MissingCodes.NotRehearsed);

        (await rig.Get<Rehearsal>().RunAsync(await rig.WorkAsync(), default)).Should().BeTrue();

        (await rig.Director.SwitchAsync("north", null, MigrationRig.Note, default)).Should().BeOfType<StepResult.Done>();
        (await rig.Migrations.StepsAsync("north", default)).Select(static step => step.Note.Evidence).Should().Contain($"REHEARSED={People}");
    }

    [Fact]
    public async Task The_way_back_is_not_rehearsed_while_the_legacy_says_something_else_or_nothing()
    {
        await VerifyAsync();
        Damage(static copy => copy with { Entries = [.. copy.Entries.Skip(1)] });
        (await rig.Get<Rehearsal>().RunAsync(await rig.WorkAsync(), default)).Should().BeFalse();

        Damage(_ => new PatientCopy { Key = Victim, Entries = rig.Legacy.Facts(Victim) });
        rig.Legacy.Sick.Add(Victim);
        (await rig.Get<Rehearsal>().RunAsync(await rig.WorkAsync(), default)).Should().BeFalse();
        (await SliceAsync()).RehearsedAt.Should().BeNull();
    }

    public static TheoryData<string, string> Damages => new()
    {
        { "one byte", "resource" },
        { "lost label", "confidentiality" },
        { "shifted date", "date" },
        { "missing withdrawal", "surplus" },
        { "lost fact", "missing" },
        { "lost patient", "missing" },
        { "one byte of a document", "content" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Planted_damage_is_found_and_blocks_the_switch(string what, string field)
    {
        switch (what)
        {
            case "one byte":
                Damage(copy => Change(copy, "lab", static fact => fact.With(resource: Altered.OneByte(fact.Resource))));
                break;
            case "lost label":
                Damage(copy => Change(copy, "problem", static fact => fact.With(labels: [])));
                break;
            case "shifted date":
                Damage(copy => Change(copy, "lab", static fact => fact.With(date: FhirDate.Parse("2009-03-13T08:15:00+01:00"))));
                break;
            case "missing withdrawal":
                Damage(static copy => copy with { Entries = [.. copy.Entries, AnEntry.Problem("I10").For(Victim).Build()] });
                break;
            case "lost fact":
                Damage(static copy => copy with { Entries = [.. copy.Entries.Skip(1)] });
                break;
            case "lost patient":
                rig.Copies.Lose("north", Victim, "all");
                break;
            default:
                Damage(static copy => copy with
                {
                    Contents = copy.Contents.ToDictionary(
                        static one => one.Key, static one => one.Value with { Bytes = Altered.OneByte(one.Value.Bytes) }),
                });
                break;
        }

        await VerifyAsync();

        var slice = await SliceAsync();
        slice.State.Should().Be(MigrationState.Following);
        slice.Differences.Should().BePositive();
        var differences = await rig.Migrations.DifferencesAsync(slice.Id, 100, default);
        differences.Should().Contain(one => DiffFields.Covers(field, one.Field)).And.OnlyContain(static one => one.Explained == null);
        differences.Should().OnlyContain(static one => !one.PatientDigest.Contains(Victim.Value) && one.PatientDigest.Length == 32);
        (await rig.Director.ShadowAsync("north", MigrationRig.Note, default))
            .Should().BeOfType<StepResult.Blocked>().Which.Codes.Should().Equal(MissingCodes.Differences);
    }

    [Theory]
    [InlineData("confidentiality", 1, 0)]
    [InlineData("confidentiality", -1, 1)]
    [InlineData("date", 1, 1)]
    public async Task A_declared_equivalence_explains_its_field_while_it_holds(string field, int days, int unexplained)
    {
        Damage(copy => Change(copy, "problem", static fact => fact.With(labels: [])));
        await rig.Migrations.DeclareAsync(
            new Equivalence("e1", "north", field, "dr-owner", "said by the charter", rig.World.Clock.GetUtcNow().AddDays(days)), default);

        await VerifyAsync();

        (await SliceAsync()).Differences.Should().Be(unexplained);
        (await rig.Migrations.DifferencesAsync((await SliceAsync()).Id, 10, default)).Should().ContainSingle()
            .Which.Explained.Should().Be(unexplained == 0 ? "e1" : null);
    }

    [Fact]
    public async Task What_the_legacy_changes_meanwhile_is_no_difference()
    {
        var chances = new Chances(11);
        rig.Legacy.Reading = _ =>
        {
            if (chances.OneIn(3))
                rig.Legacy.Change(chances, People);
        };
        var verifying = VerifyAsync();
        await UntilAsync(() => Task.FromResult(rig.Legacy.Reads > People * 3 || verifying.IsCompleted));
        rig.Legacy.Reading = null;

        await verifying;

        (await SliceAsync()).Differences.Should().Be(0);
    }

    [Fact]
    public async Task A_patient_who_cannot_be_read_is_a_difference_nothing_explains()
    {
        rig.Legacy.Sick.Add(Victim);
        await rig.Migrations.DeclareAsync(
            new Equivalence("e1", "north", DiffFields.Unread, "dr-owner", "no", rig.World.Clock.GetUtcNow().AddDays(1)), default);

        await VerifyAsync();

        (await SliceAsync()).Differences.Should().Be(1);
        (await rig.Migrations.DifferencesAsync((await SliceAsync()).Id, 10, default)).Single().Field.Should().Be(DiffFields.Unread);
    }

    [Fact]
    public async Task What_does_not_map_is_listed_and_what_is_refused_needs_a_signature()
    {
        rig.Legacy.Put(AnEntry.Of(EntryCategory.Other, "Basic").For(Victim));
        rig.Copies.Refused = 3;
        await VerifyAsync();

        (await rig.Migrations.LossesAsync((await SliceAsync()).Id, default)).Should().Equal(
            new MappingLoss(LossFates.NotFhir, LossFates.Refused, 3), new MappingLoss(LossFates.NoCategory, LossFates.KeptRaw, 1));
        (await rig.Director.MissingAsync(await rig.FindAsync(), default)).Single().Codes.Should().Contain(MissingCodes.LossesUnsigned);
    }

    private async Task VerifyAsync()
    {
        (await rig.Director.VerifyAsync("north", MigrationRig.Note, default)).Should().BeOfType<StepResult.Done>();
        await rig.Get<SliceVerification>().RunAsync(await rig.WorkAsync(), default);
    }

    private async Task<SliceRecord> SliceAsync() => (await rig.FindAsync()).Slices.Single();

    private void Damage(Func<PatientCopy, PatientCopy> damage) => rig.Copies.Damage("north", Victim, "all", damage);

    private static PatientCopy Change(PatientCopy copy, string what, Func<DossierEntry, DossierEntry> change) =>
        copy with { Entries = [.. copy.Entries.Select(one => one.LocalId == LegacyPeople.LocalId(7, what) ? change(one) : one)] };

    private async Task FollowAsync()
    {
        var follower = rig.Get<FollowerTools>().Begin(rig.World.Leases.Take("follow/north"));
        while (!stop.IsCancellationRequested)
        {
            await follower.StepAsync(rig.Source, default);
            await Task.Delay(30).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            tries.Should().BeLessThan(1_500, "it should have come within 30 s");
            await Task.Delay(20);
        }
    }
}

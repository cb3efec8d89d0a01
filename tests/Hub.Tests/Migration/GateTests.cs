using DmpFederation.Hub.Migration.Gates;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Verifying;
using DmpFederation.TestKit;
using DmpFederation.TestKit.Migration;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Migration;

/// <summary>What must be proven before a step: each thing that is missing is named, and nothing else is.</summary>
public sealed class GateTests : IAsyncLifetime
{
    private readonly TestClock clock = new();
    private readonly MigrationRig rig;

    public GateTests() => rig = new MigrationRig(clock: clock);

    public Task InitializeAsync() => rig.StartAsync();

    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    public async Task A_slice_with_all_evidence_lacks_nothing() => (await MissingAsync(static slice => slice)).Should().BeEmpty();

    [Fact]
    public async Task A_slice_that_is_being_copied_lacks_everything()
    {
        var missing = (await rig.Director.MissingAsync(await rig.FindAsync(), default)).Should().ContainSingle().Subject;

        missing.To.Should().Be(MigrationState.Shadow);
        missing.Codes.Should().Equal(MissingCodes.NotCopied, MissingCodes.NotVerified);
    }

    [Fact]
    public async Task A_slice_never_verified_is_not_switched() =>
        (await MissingAsync(static slice => slice with { VerifiedAt = null })).Should().Equal(MissingCodes.NotVerified);

    [Fact]
    public async Task A_verification_is_evidence_for_a_day()
    {
        (await MissingAsync(slice => slice with { VerifiedAt = clock.GetUtcNow().AddHours(-24) })).Should().BeEmpty();
        (await MissingAsync(slice => slice with { VerifiedAt = clock.GetUtcNow().AddHours(-24).AddSeconds(-1) }))
            .Should().Equal(MissingCodes.VerificationStale);
    }

    [Fact]
    public async Task One_unexplained_difference_is_too_many() =>
        (await MissingAsync(static slice => slice with { Differences = 1 })).Should().Equal(MissingCodes.Differences);

    [Fact]
    public async Task One_patient_who_cannot_be_read_is_too_many() =>
        (await MissingAsync(static slice => slice with { Copied = 9, Total = 10 })).Should().Equal(MissingCodes.SickPatients);

    [Fact]
    public async Task A_way_back_nobody_tried_is_none() =>
        (await MissingAsync(static slice => slice with { RehearsedAt = null })).Should().Equal(MissingCodes.NotRehearsed);

    [Fact]
    public async Task A_source_not_followed_up_to_its_verification_or_lately_is_not_switched()
    {
        (await MissingAsync(slice => slice with { VerifiedAt = clock.GetUtcNow().AddMinutes(1) })).Should().Equal(MissingCodes.NotFollowed);

        clock.Advance(TimeSpan.FromMinutes(6));
        (await MissingAsync(slice => slice with { VerifiedAt = clock.GetUtcNow().AddHours(-1) }, follow: false)).Should().Equal(MissingCodes.Lag);
    }

    [Fact]
    public async Task What_the_national_model_refuses_is_signed_for_while_the_signature_holds()
    {
        var id = (await rig.FindAsync()).Slices[0].Id;
        var result = new VerifiedSlice(clock.GetUtcNow(), 1, 1, [], 0,
            [new MappingLoss(LossFates.NotFhir, LossFates.Refused, 2), new MappingLoss("unreadable:CDA_NOT_XML", LossFates.KeptRaw, 1)]);
        await rig.Migrations.VerifiedAsync(id, result, rig.World.Leases.Take("slice/x"), default);

        (await MissingAsync(static slice => slice)).Should().Equal(MissingCodes.LossesUnsigned);

        await rig.Migrations.DeclareAsync(
            new Equivalence("e1", "north", "loss:fhir", "dr-owner", "bytes are kept", clock.GetUtcNow().AddDays(1)), default);
        (await MissingAsync(static slice => slice)).Should().BeEmpty();

        clock.Advance(TimeSpan.FromDays(1));
        (await MissingAsync(slice => slice with { VerifiedAt = clock.GetUtcNow() })).Should().Equal(MissingCodes.LossesUnsigned);
    }

    [Fact]
    public async Task All_that_is_missing_is_told_at_once_in_the_order_of_the_gates() =>
        (await MissingAsync(static slice => slice with
        {
            VerifiedAt = null,
            RehearsedAt = null,
            Total = 11,
            State = MigrationState.Paused,
            Resumes = MigrationState.Shadow,
        }))
            .Should().Equal(MissingCodes.Paused, MissingCodes.NotVerified, MissingCodes.SickPatients, MissingCodes.NotRehearsed);

    private async Task<IReadOnlyList<string>> MissingAsync(Func<SliceRecord, SliceRecord> change, bool follow = true)
    {
        var now = clock.GetUtcNow();
        if (follow)
            await rig.Migrations.FollowedAsync("north", "c0", now, rig.World.Leases.Take("follow/north"), default);
        rig.Migrations.ChangeAll("north", slice => change(slice with
        {
            State = MigrationState.Shadow,
            Resumes = null,
            Copied = 10,
            Total = 10,
            VerifiedAt = now,
            RehearsedAt = now,
            Differences = 0,
        }));
        return (await rig.Director.MissingAsync(await rig.FindAsync(), default))[0].Codes;
    }
}

using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Migration.Serving.Shadow;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Verifying;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using DmpFederation.TestKit.Migration;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Migration.Serving;

public sealed class ShadowComparisonTests : IDisposable
{
    private readonly ServedHub served = new();
    private readonly MigrationRecord migration = AMigration.Of("dp", MigrationState.Shadow);
    private readonly AnEntry box = AnEntry.Dispensation() with { LocalId = "box" };

    public void Dispose() => served.Dispose();

    [Fact]
    public async Task Copies_that_say_the_same_leave_no_difference()
    {
        var findings = await CompareAsync([box], [box]);
        findings.HasDifferences.Should().BeFalse();
        findings.BySlice.Should().HaveCount(2).And.OnlyContain(static slice => slice.Reads == 1);
    }

    [Fact]
    public async Task A_fact_that_was_lost_is_a_difference_of_its_slice()
    {
        var findings = await CompareAsync([box], []);
        var found = findings.BySlice.Single(static slice => slice.Slice.Group == "medicines").Differences.Should().ContainSingle().Which;
        (found.LocalId, found.Field, found.InShadow).Should().Be(("box", "missing", true));
        found.PatientDigest.Should().NotContain(APatient.Known().Ins.Key.Value);
        findings.BySlice.Single(static slice => slice.Slice.Group == "rest").Differences.Should().BeEmpty();
    }

    [Fact]
    public async Task A_read_that_differs_in_several_facts_is_one_read()
    {
        served.Hub.Clock.AutoAdvanceAmount = TimeSpan.FromMilliseconds(1);
        var findings = await CompareAsync([box, box with { LocalId = "another box" }], []);
        var found = findings.BySlice.Single(static slice => slice.Slice.Group == "medicines").Differences;
        found.Should().HaveCount(2);
        found.Select(static one => (one.PatientDigest, one.SeenAt)).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task Shadow_and_verification_name_a_patient_alike()
    {
        var findings = await CompareAsync([box], []);
        var verified = new Findings(new DeclaredEquivalences([], served.Hub.Clock.GetUtcNow()), served.Hub.Clock);
        verified.Add("dp", APatient.Known().Ins.Key, [new CopyDifference("box", "missing")]);
        findings.BySlice.SelectMany(static slice => slice.Differences).Single().PatientDigest
            .Should().Be(verified.Close(0).Differences.Single().PatientDigest);
    }

    [Fact]
    public async Task A_patient_nobody_knows_is_no_difference()
    {
        served.Migrate(migration).Hub.With("dp", Behaviour.Ends(static call =>
            call.Outcome(SourceStatus.Answered, null) with { UnknownPatients = [APatient.Known().Ins.Key] }));
        await served.Hub.AskAsync();
        var findings = await new ShadowComparison(served.Copies, served.Hub.Clock).CompareAsync(
            await TakenAsync(), TimeSpan.FromSeconds(5), CancellationToken.None);
        findings.HasDifferences.Should().BeFalse();
    }

    [Fact]
    public async Task What_the_legacy_tells_otherwise_each_time_is_noise()
    {
        var times = 0;
        var findings = await CompareAsync([box], [box], _ => [box with { Status = $"state {times++}" }]);
        findings.HasDifferences.Should().BeFalse();
        findings.HadNoise.Should().BeTrue();
    }

    [Fact]
    public async Task A_change_that_was_on_its_way_is_no_difference()
    {
        // The second look finds both sides changed.
        DossierEntry corrected = box with { Date = "2009-03-13" };
        var times = 0;
        var findings = await CompareAsync([corrected], [box], _ =>
        {
            if (++times == 2)
                served.Hold(migration, corrected);
            return [corrected];
        });
        findings.HasDifferences.Should().BeFalse();
    }

    [Fact]
    public async Task Slices_of_which_the_reader_asked_a_part_alone_are_not_compared()
    {
        served.Migrate(migration).Hold(migration).Hub.With("dp", Behaviour.Answers(box));
        await served.Hub.AskAsync(new DossierScope(true, [EntryCategory.Medication], []));
        ShadowSlices.Of(await TakenAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_queue_that_is_full_drops_and_nobody_waits()
    {
        served.Migrate(migration).Hub.With("dp", Behaviour.Answers(box));
        for (var read = 0; read < served.Options.ShadowWaiting + 5; read++)
            (await served.Hub.AskAsync()).Complete.Should().BeTrue();
    }

    private async Task<ShadowFindings> CompareAsync(
        DossierEntry[] legacy, DossierEntry[] national, Func<ReadCall, DossierEntry[]>? answer = null)
    {
        served.Migrate(migration).Hold(migration, national).Hub.With(
            "dp", call => Task.FromResult(call.Outcome(SourceStatus.Answered, null, answer?.Invoke(call) ?? legacy)));
        (await served.Hub.AskAsync()).Sources[0].ServedBy.Should().Be(Store.Legacy);
        return await new ShadowComparison(served.Copies, served.Hub.Clock).CompareAsync(
            await TakenAsync(), TimeSpan.FromSeconds(5), CancellationToken.None);
    }

    private async Task<ShadowRead> TakenAsync() => await served.Queue.ReadAllAsync(CancellationToken.None).FirstAsync();
}

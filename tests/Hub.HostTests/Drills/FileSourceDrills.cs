using DmpFederation.Hub.Federation;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Drills;

/// <summary>Each source that is a database or a folder fails in each way, on real files, while the others live.</summary>
[Collection(DrillCollection.Name)]
public sealed class FileSourceDrills(DrillWorld world)
{
    public static TheoryData<string, string> Troubles
    {
        get
        {
            var troubles = new TheoryData<string, string>();
            foreach (var trouble in FileTrouble.All)
                troubles.Add(trouble.Source, trouble.Name);
            return troubles;
        }
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task A_source_whose_files_fail_costs_its_own_slice_is_named_and_comes_back(string source, string name)
    {
        var trouble = FileTrouble.All.Single(one => one.Source == source && one.Name == name);
        var whole = await world.Hub.UntilCompleteAsync(world.Patient);
        DrillRules.Of(whole, source).EntryCount.Should().BePositive();
        var memory = new PeakMemory();
        using (trouble.Make(world))
        {
            // The quicker of two, for the machine may be busy.
            var (answer, first) = await world.Hub.UntilAsync(world.Patient, now => !DrillRules.Of(now, source).IsComplete);
            var (_, second) = await world.Hub.TimeAsync(world.Patient);

            (first < second ? first : second).Should().BeLessThan(DrillRules.AnswerBy);
            answer.Complete.Should().BeFalse();
            (DrillRules.Of(answer, source).Status, DrillRules.Of(answer, source).Reason).Should().Be((trouble.Status, trouble.Reason));
            DrillRules.AssertOthersAreWhole(answer, whole, source);
            DrillRules.LocalIds(answer).Should().BeSubsetOf(DrillRules.LocalIds(whole), "a fault invents nothing");
        }
        var after = await world.Hub.UntilCompleteAsync(world.Patient);
        (await memory.EndAsync()).Should().BeLessThan(DrillRules.MostMemory);
        DrillRules.LocalIds(after).Should().Equal(DrillRules.LocalIds(whole), "the source comes back without a restart");
    }

    [Fact]
    public async Task A_pharmacy_host_that_answers_under_another_number_is_shut_and_shows_nothing()
    {
        var whole = await world.Hub.UntilCompleteAsync(world.Patient);
        // Its numbers have become wider, and a comparison that passes over blanks finds them.
        using (DpTroubles.Copied(world, """
            ALTER TABLE dossier RENAME TO dossier_ancien;
            CREATE TABLE dossier (numero_dp VARCHAR(14), ins_nir VARCHAR(20) COLLATE RTRIM, etat VARCHAR(1));
            INSERT INTO dossier SELECT numero_dp, ins_nir || '     ', etat FROM dossier_ancien;
            """))
        {
            var answer = await world.Hub.AskAsync(world.Patient);

            DrillRules.Of(answer, "dp").Should().BeEquivalentTo(
                new { Status = SourceStatus.Quarantined, Reason = SourceReason.WrongPatient, EntryCount = 0 });
            DrillRules.AssertOthersAreWhole(answer, whole, "dp");
            DrillRules.LocalIds(answer).Should().BeSubsetOf(DrillRules.LocalIds(whole));
        }
        DrillRules.Of(await world.Hub.AskAsync(world.Patient), "dp").Status
            .Should().Be(SourceStatus.Quarantined, "it is not believed again until an operator says so");
        await world.Hub.ReadmitAsync("dp");
        DrillRules.LocalIds(await world.Hub.UntilCompleteAsync(world.Patient)).Should().Equal(DrillRules.LocalIds(whole));
    }

    [Fact]
    public async Task A_pharmacy_host_whose_clock_is_ahead_changes_nothing()
    {
        var whole = await world.Hub.UntilCompleteAsync(world.Patient);
        using (DpTroubles.Copied(world, "UPDATE dispensation SET date_saisie = (substr(date_saisie, 1, 4) + 10) || substr(date_saisie, 5)"))
        {
            var answer = await world.Hub.UntilCompleteAsync(world.Patient);
            DrillRules.LocalIds(answer).Should().Equal(DrillRules.LocalIds(whole));
        }
        DrillRules.LocalIds(await world.Hub.UntilCompleteAsync(world.Patient)).Should().Equal(DrillRules.LocalIds(whole));
    }
}

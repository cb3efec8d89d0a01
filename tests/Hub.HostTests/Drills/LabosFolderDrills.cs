using System.Text;
using DmpFederation.Hub.Cli;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.HostTests.Quarantine;
using DmpFederation.LegacySystems.LabosRhoneAlpes;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Drills;

/// <summary>What laboratories put into their folder, right or wrong, as it shows in the hub's answers. Each test takes back what it sent.</summary>
[Collection(DrillCollection.Name)]
public sealed class LabosFolderDrills(DrillWorld world)
{
    private const string Source = LabosTroubles.Source;

    private static readonly DateOnly Day = new(2009, 4, 30);

    [Fact]
    public async Task A_report_that_was_cut_is_shown_as_far_as_it_goes_and_costs_its_patients_answer_alone()
    {
        var whole = await world.Hub.UntilCompleteAsync(world.Patient);
        var report = LabosTroubles.Report(world.Patient.OwnIdentity, "CUT-1", Day);
        var file = LabosTroubles.Print(report);
        Drop("cut.hpr", file[..file.AsSpan().IndexOf("RES|Glyc"u8)], hoursAgo: 1);

        var (cut, _) = await world.Hub.UntilAsync(world.Patient, static answer => !DrillRules.Of(answer, Source).IsComplete);

        (DrillRules.Of(cut, Source).Status, DrillRules.Of(cut, Source).Reason).Should().Be((SourceStatus.Partial, SourceReason.Unreadable));
        DrillRules.AssertOthersAreWhole(cut, whole, Source);
        DrillRules.LocalIds(cut).Should().BeEquivalentTo(DrillRules.LocalIds(whole).Concat(LabosTroubles.Ids("CUT-1").Take(2)));
        DrillRules.Of(await world.Hub.AskAsync(world.Another), Source).IsComplete.Should().BeTrue();

        Drop("cut.hpr", file);
        DrillRules.LocalIds(await world.Hub.UntilCompleteAsync(world.Patient))
            .Should().BeEquivalentTo(DrillRules.LocalIds(whole).Concat(LabosTroubles.Ids("CUT-1")));
        await TakeBackAsync(whole, ("cut.hpr", report));
    }

    [Fact]
    public async Task A_report_still_being_written_is_not_read_before_its_end_is_there()
    {
        var whole = await world.Hub.UntilCompleteAsync(world.Patient);
        var slow = LabosTroubles.Report(world.Patient.OwnIdentity, "SLOW-1", Day);
        var quick = LabosTroubles.Report(world.Patient.OwnIdentity, "QUICK-1", Day.AddDays(1));
        var file = LabosTroubles.Print(slow);
        Drop("slow.hpr", file[..(file.Length / 2)], hoursAgo: -1);
        Drop("quick.hpr", LabosTroubles.Print(quick));

        // Whoever sees the second has passed by the first.
        var answer = await UntilReadAsync("QUICK-1");

        answer.Complete.Should().BeTrue();
        DrillRules.LocalIds(answer).Should().BeEquivalentTo(DrillRules.LocalIds(whole).Concat(LabosTroubles.Ids("QUICK-1")));
        Drop("slow.hpr", file);
        var after = await UntilReadAsync("SLOW-1");
        DrillRules.LocalIds(after).Should().BeEquivalentTo(DrillRules.LocalIds(answer).Concat(LabosTroubles.Ids("SLOW-1")));
        await TakeBackAsync(whole, ("slow.hpr", slow), ("quick.hpr", quick));
    }

    [Fact]
    public async Task Reports_under_the_patients_number_with_another_persons_traits_are_never_the_patients()
    {
        var whole = await world.Hub.UntilCompleteAsync(world.Patient);
        var (own, other) = (world.Patient.OwnIdentity, world.Another.OwnIdentity);
        var misfiled = LabosTroubles.Report(other with { InsNir = own.InsNir }, "WRONG-1", Day);
        var marker = LabosTroubles.Report(own, "RIGHT-1", Day.AddDays(1));
        Drop("wrong.hpr", LabosTroubles.Print(misfiled, marker));

        var answer = await UntilReadAsync("RIGHT-1");

        answer.Complete.Should().BeTrue();
        DrillRules.LocalIds(answer).Should().BeEquivalentTo(DrillRules.LocalIds(whole).Concat(LabosTroubles.Ids("RIGHT-1")));
        await TakeBackAsync(whole, ("wrong.hpr", misfiled), ("right.hpr", marker));
    }

    [Fact]
    public async Task A_laboratory_whose_clock_is_ahead_is_read_and_can_correct()
    {
        var whole = await world.Hub.UntilCompleteAsync(world.Patient);
        var ahead = LabosTroubles.Report(world.Patient.OwnIdentity, "AHEAD-1", Day.AddYears(30));
        Drop("ahead.hpr", LabosTroubles.Print(ahead), hoursAgo: -24 * 3650);

        var answer = await UntilReadAsync("AHEAD-1");

        answer.Complete.Should().BeTrue();
        (DrillRules.Of(answer, Source).AsOf ?? DateTimeOffset.MinValue).Should().BeOnOrBefore(TimeProvider.System.GetUtcNow());
        DrillRules.LocalIds(answer).Should().BeEquivalentTo(DrillRules.LocalIds(whole).Concat(LabosTroubles.Ids("AHEAD-1")));
        await TakeBackAsync(whole, ("ahead.hpr", ahead));
    }

    [Fact]
    public async Task A_file_that_names_somebody_else_costs_nobody_else_and_garbage_is_in_the_quarantine_until_it_is_moved_away()
    {
        var whole = await world.Hub.UntilCompleteAsync(world.Patient);
        var theirs = await world.Hub.UntilCompleteAsync(world.Another);
        // Its sender is blank: the eleventh line.
        var broken = Encoding.Latin1.GetString(LabosTroubles.Print(LabosTroubles.Report(world.Another.OwnIdentity, "BROKEN-1", Day)))
            .Replace($"{LabosTroubles.Software.Laboratory.Sender} {LabosTroubles.Software.Laboratory.Name}", "", StringComparison.Ordinal);
        Drop("broken.hpr", Encoding.Latin1.GetBytes(broken));

        var (partial, _) = await world.Hub.UntilAsync(world.Another, static answer => !DrillRules.Of(answer, Source).IsComplete);
        DrillRules.Of(partial, Source).Reason.Should().Be("UNASSIGNED_REPORTS");
        DrillRules.LocalIds(partial).Should().Equal(DrillRules.LocalIds(theirs));
        var unharmed = await world.Hub.AskAsync(world.Patient);
        unharmed.Complete.Should().BeTrue();
        DrillRules.LocalIds(unharmed).Should().Equal(DrillRules.LocalIds(whole));
        File.Delete(PathOf("broken.hpr"));

        Drop("garbage.hpr", Garbage.Bytes(4096), hoursAgo: 1);
        await world.Hub.UntilAsync(world.Patient, static answer => !DrillRules.Of(answer, Source).IsComplete);
        var listed = "";
        await RunningHub.EventuallyAsync(
            async () => (listed = await QuarantineAsync()).Contains("garbage.hpr", StringComparison.Ordinal), "garbage is listed");
        listed.Should().Contain("broken.hpr", "it was met when its patient was asked about");
        listed.Should().NotContainAny(world.Another.InsNir, world.Another.InsC, world.Another.BirthName);

        var aside = Directory.CreateDirectory(PathOf("aside")).FullName;
        File.Move(PathOf("garbage.hpr"), Path.Combine(aside, "garbage.hpr"));
        DrillRules.LocalIds(await world.Hub.UntilCompleteAsync(world.Patient)).Should().Equal(DrillRules.LocalIds(whole));
        DrillRules.LocalIds(await world.Hub.UntilCompleteAsync(world.Another)).Should().Equal(DrillRules.LocalIds(theirs));
        Directory.Delete(aside, recursive: true);
    }

    /// <summary>Asks until a report of the patient is there.</summary>
    private async Task<DossierAnswer> UntilReadAsync(string number) =>
        (await world.Hub.UntilAsync(world.Patient, now => DrillRules.LocalIds(now).Contains(LabosTroubles.Ids(number).First()))).Answer;

    /// <summary>What the command line lists.</summary>
    private async Task<string> QuarantineAsync()
    {
        await world.Hub.AskAsync(world.Patient);
        using var output = new StringWriter();
        var exit = await HubCommandLine.RunAsync(
            ["quarantine", "list", "--source", Source, "--state-folder", Path.Combine(world.Folder, "state")],
            TextReader.Null, output, TextWriter.Null);
        return exit == HubCommandLine.Good ? output.ToString() : "";
    }

    private string PathOf(string name) => Path.Combine(world.Systems.LabosFolder, name);

    /// <summary>Puts a file into the folder, as laboratories do: whole under its name.</summary>
    private void Drop(string name, byte[] bytes, double hoursAgo = 0)
    {
        var made = Path.Combine(world.Folder, "labos-made");
        File.WriteAllBytes(made, bytes);
        File.SetLastWriteTimeUtc(made, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-hoursAgo));
        File.Move(made, PathOf(name), overwrite: true);
    }

    /// <summary>Withdraws reports as a laboratory does, waits until they are gone, and tidies up.</summary>
    private async Task TakeBackAsync(DossierAnswer whole, params IReadOnlyList<(string File, LaboratoryReport Report)> sent)
    {
        foreach (var (file, report) in sent)
            Drop(file, LabosTroubles.Print(LaboratoryDesk.Withdrawn(report)));
        await world.Hub.UntilAsync(world.Patient, now => now.Complete && DrillRules.LocalIds(now).SequenceEqual(DrillRules.LocalIds(whole)));
        foreach (var (file, _) in sent)
            File.Delete(PathOf(file));
    }
}

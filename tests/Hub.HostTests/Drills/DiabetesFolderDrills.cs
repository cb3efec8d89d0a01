using System.Globalization;
using DmpFederation.Hub.Federation;
using DmpFederation.LegacySystems.ReseauDiabete;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Drills;

/// <summary>What the diabetes network exports, right or wrong, as it shows in the hub's answers. Each test takes back what it sent.</summary>
[Collection(DrillCollection.Name)]
public sealed class DiabetesFolderDrills(DrillWorld world)
{
    private const string Source = DiabetesTroubles.Source;

    [Fact]
    public async Task An_export_still_being_written_leaves_the_week_before_as_it_is()
    {
        var whole = await world.Hub.UntilCompleteAsync(world.Patient);
        var files = DiabetesTroubles.Make(world, export => export.Create(Row(990_001)));
        var bytes = await File.ReadAllBytesAsync(files[^1]);
        await File.WriteAllBytesAsync(files[^1], bytes[..(bytes.Length / 2)]);
        var delivered = DiabetesTroubles.Deliver(world, files);

        var answer = await world.Hub.AskAsync(world.Patient);

        answer.Complete.Should().BeTrue();
        DrillRules.LocalIds(answer).Should().Equal(DrillRules.LocalIds(whole));
        await File.WriteAllBytesAsync(delivered[^1], bytes);
        var (after, _) = await world.Hub.UntilAsync(world.Patient, static now => DrillRules.LocalIds(now).Contains(Id(990_001)));
        DrillRules.LocalIds(after).Should().BeEquivalentTo(DrillRules.LocalIds(whole).Append(Id(990_001)));
        await TakeBackAsync(whole, export => export.Withdraw(Row(990_001)));
    }

    [Fact]
    public async Task A_patient_whose_number_the_network_gives_to_another_person_is_shown_nothing_of_it()
    {
        var whole = await world.Hub.UntilCompleteAsync(world.Patient);
        var own = NetworkRows.Of(world.Patient);
        Export(export => export.Enrol(NetworkRows.Of(world.Another) with { Number = own.Number, InsC = own.InsC }));

        var (answer, _) = await world.Hub.UntilAsync(world.Patient, static now => !DrillRules.Of(now, Source).IsComplete);

        DrillRules.Of(answer, Source).Should().BeEquivalentTo(
            new { Status = SourceStatus.Quarantined, Reason = SourceReason.TraitsMismatch, EntryCount = 0 });
        DrillRules.AssertOthersAreWhole(answer, whole, Source);
        DrillRules.LocalIds(answer).Should().BeSubsetOf(DrillRules.LocalIds(whole));
        await TakeBackAsync(whole, export => export.Enrol(own));
    }

    [Fact]
    public async Task An_export_of_the_future_is_read_and_the_answer_is_not_of_the_future()
    {
        var whole = await world.Hub.UntilCompleteAsync(world.Patient);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        using (var export = FurtherExport.Open(world.Systems.DiabetesExports, now.AddYears(10)))
            export.Create(Row(990_002) with { Date = DateOnly.FromDateTime(now.AddYears(10)) });

        var (answer, _) = await world.Hub.UntilAsync(world.Patient, static one => DrillRules.LocalIds(one).Contains(Id(990_002)));

        answer.Complete.Should().BeTrue();
        DrillRules.LocalIds(answer).Should().BeEquivalentTo(DrillRules.LocalIds(whole).Append(Id(990_002)));
        DrillRules.Of(answer, Source).AsOf.Should().BeNull("the network's clock is ahead");
        await TakeBackAsync(whole, export => export.Withdraw(Row(990_002)));
    }

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"{Source}:suivi/{number}");

    private NetworkRow Row(int number) => new()
    {
        Number = number.ToString(CultureInfo.InvariantCulture),
        InsC = world.Patient.InsC,
        Date = new DateOnly(2009, 2, 3),
        Rubric = "POIDS",
        Value = 71,
        Unit = "kg",
    };

    private void Export(Action<FurtherExport> write)
    {
        using var export = FurtherExport.Open(world.Systems.DiabetesExports, TimeProvider.System.GetUtcNow().UtcDateTime);
        write(export);
    }

    private async Task TakeBackAsync(DossierAnswer whole, Action<FurtherExport> write)
    {
        Export(write);
        await world.Hub.UntilAsync(world.Patient, now => now.Complete && DrillRules.LocalIds(now).SequenceEqual(DrillRules.LocalIds(whole)));
    }
}

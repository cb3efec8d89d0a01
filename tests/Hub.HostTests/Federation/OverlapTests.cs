using System.Diagnostics;
using System.Text.Json;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Federation.Overlap;
using DmpFederation.Hub.HostTests.Connectors;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.TestKit;
using FluentAssertions;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DmpFederation.Hub.HostTests.Federation;

/// <summary>What sources share, over a small world, by the hub and by its command line.</summary>
public sealed class OverlapTests : IAsyncLifetime
{
    private readonly List<SyntheticPatient> patients = [.. SyntheticFrance.World.Generate(2009, 30, FederatedWorld.Today)];
    private FederatedWorld world = null!;

    public async Task InitializeAsync() => world = await FederatedWorld.StartAsync(patients);

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task The_figures_are_those_of_the_truth_and_the_command_line_prints_them_without_any_identity()
    {
        var measured = (OverlapResult.Measured)await MeasureAsync(ActorRole.NationalOperator);
        var report = measured.Report;

        report.Patients.Should().Be(patients.Count, "each patient counts once, however often listed");
        report.Incomplete.Should().Be(patients.Count(static patient => patient.Traps.Any(static trap => trap.Reach == TrapReach.KeptOut)));
        report.Facts.Should().Be(patients.Sum(patient => patient.Facts.Count(fact => Holders(patient, fact).Count > 0)));
        foreach (var source in report.Sources)
        {
            source.Facts.Should().Be(Count(holders => holders.Contains(source.SourceId)));
            source.Alone.Should().Be(Count(holders => holders.Count == 1 && holders.Contains(source.SourceId)));
        }
        report.Pairs.Should().HaveCount(FederatedWorld.SourceIds.Count * (FederatedWorld.SourceIds.Count - 1) / 2);
        foreach (var pair in report.Pairs)
        {
            var both = Count(holders => holders.Contains(pair.First) && holders.Contains(pair.Second));
            pair.Facts.Should().Be(both);
            (pair.Agreeing + pair.Conflicting).Should().Be(both);
            pair.ShareOfFirst.Should().BeApproximately(both / (double)pair.FirstFacts, 1e-9);
        }

        var (exit, output, errors) = await RunAsync("# the end", "sources", "overlap", "--plugins", world.PluginsFile, "--json");
        errors.Should().BeEmpty();
        exit.Should().Be(0);
        using var line = JsonDocument.Parse(output);
        line.RootElement.GetProperty("facts").GetInt64().Should().Be(report.Facts);
        line.RootElement.GetProperty("pairs").EnumerateArray().Select(pair => pair.GetProperty("facts").GetInt64())
            .Should().Equal(report.Pairs.Select(pair => pair.Facts));
        output.Should().NotContainAny(patients.SelectMany(patient => new[] { patient.InsNir, patient.InsC, patient.BirthName }));
    }

    [Theory]
    [InlineData("Analyst")]
    [InlineData("RegionOperator")]
    [InlineData("Dpo")]
    [InlineData("Patient")]
    [InlineData("Professional")]
    public async Task Only_a_national_operator_is_told(string role)
    {
        world.Requests.Clear();
        var refused = await MeasureAsync(Enum.Parse<ActorRole>(role));
        refused.Should().Be(new OverlapResult.Refused("ACC-130"));
        world.Requests.Should().BeEmpty("no source hears of the patients");
    }

    [Fact]
    public async Task The_query_says_the_same_to_a_national_operator_and_nothing_to_a_doctor()
    {
        var report = ((OverlapResult.Measured)await MeasureAsync(ActorRole.NationalOperator)).Report;
        var query = $"{{ sourceOverlap(ins: [{string.Join(", ", patients.Select(patient => $"\"{patient.InsNir}\""))}]) "
            + "{ patients facts sources { sourceId facts } pairs { first second facts conflicting categories { category facts } } } }";

        var told = await world.QueryAsync(AnActor.Of(ActorRole.NationalOperator), query);
        var refused = await world.QueryAsync(AnActor.Doctor(), query);

        var overlap = told.GetProperty("data").GetProperty("sourceOverlap");
        overlap.GetProperty("facts").GetInt64().Should().Be(report.Facts);
        overlap.GetProperty("pairs").EnumerateArray().Select(pair => pair.GetProperty("facts").GetInt64())
            .Should().Equal(report.Pairs.Select(pair => pair.Facts));
        refused.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString().Should().Be("ACCESS_REFUSED");
        refused.GetRawText().Should().NotContain("facts");
    }

    [Fact]
    public async Task A_line_that_is_no_INS_is_named_by_its_number_and_no_figure_is_printed()
    {
        var (exit, output, errors) = await RunAsync("279035121518988", "sources", "overlap", "--plugins", world.PluginsFile);
        exit.Should().Be(1);
        output.Should().BeEmpty();
        errors.Should().StartWith("Line 31: INS_INVALID KEY").And.NotContain("279035121518988");
    }

    private Task<OverlapResult> MeasureAsync(ActorRole role) => world.Services.GetRequiredService<IMediator>().Send(
        new MeasureOverlap(AnActor.Of(role), patients.Concat(patients).Select(FederatedWorld.InsOf).ToAsyncEnumerable()));

    private int Count(Func<IReadOnlyList<string>, bool> held) =>
        patients.Sum(patient => patient.Facts.Count(fact => Holders(patient, fact) is { Count: > 0 } holders && held(holders)));

    private static List<string> Holders(SyntheticPatient patient, SyntheticFact fact) =>
    [
        .. fact.Origins.Where(origin => FederatedWorld.SourceIds.Contains(origin.SourceId) && patient.Shows(origin))
            .Select(static origin => origin.SourceId).Distinct(),
    ];

    private async Task<(int Exit, string Output, string Errors)> RunAsync(string lastLine, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(PluginOutput.Of("hub"), "DmpFederation.Hub.dll"), .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment["DMPFED__Identity__InsiUrl"] = world.InsiUrl;
        start.Environment["DMPFED__Identity__InsiTimeout"] = "00:00:30";
        start.Environment["DMPFED__Federation__Deadline"] = "00:01:00";
        start.Environment["DMPFED__Connectors__StateFolder"] = Path.Combine(Path.GetDirectoryName(world.PluginsFile)!, "cli-state");
        using var process = Process.Start(start)!;
        foreach (var patient in patients)
            await process.StandardInput.WriteLineAsync(patient.InsNir);
        await process.StandardInput.WriteLineAsync(lastLine);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}

using System.Text.Json;
using DmpFederation.Sdk.Conformance;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Sdk.Tests.Conformance;

/// <summary>The kit as a plug-in's author runs it from a test: no hub, the kit's own loader.</summary>
public sealed class ConformanceKitTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dmp-kit-");

    [Fact]
    public async Task A_plug_in_is_checked_from_its_folder_alone()
    {
        var report = await ConformanceKit.CheckAsync(Plugin, new ConformanceOptions { CancellationLimit = TimeSpan.FromSeconds(5) });

        report.Passed.Should().BeTrue(report.ToString());
        (report.Plugin, report.Version).Should().Be(("hello-connector", "1.0.0"));
        report.Checks.Select(check => check.Id).Should().OnlyHaveUniqueItems().And.BeInAscendingOrder();
        report.Checks.Should().Contain(check => check.Id == "CNF-703" && check.Status == CheckStatus.Passed);
        using var json = JsonDocument.Parse(report.ToJson());
        json.RootElement.GetProperty("passed").GetBoolean().Should().BeTrue();
        json.RootElement.GetProperty("checks")[0].GetProperty("status").GetString().Should().Be("passed");
    }

    [Fact]
    public async Task An_altered_assembly_and_what_waits_for_it_are_named()
    {
        foreach (var file in Directory.EnumerateFiles(Plugin))
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        await File.AppendAllTextAsync(Path.Combine(folder.FullName, "DmpFederation.Samples.HelloConnector.dll"), " ");

        var report = await ConformanceKit.CheckAsync(folder.FullName);

        report.Failures.Select(check => check.Id).Should().Equal("CNF-103", "CNF-107");
        report.Failures[0].Problem.Should().Contain("SHA-256 differs");
        report.Checks.Single(check => check.Id == "CNF-301").Problem.Should().Be("waits for CNF-103");
    }

    [Fact]
    public async Task A_folder_without_a_manifest_is_no_plug_in()
    {
        var report = await ConformanceKit.CheckAsync(folder.FullName);

        report.Failures.Select(check => check.Id).Should().Equal("CNF-101", "CNF-107");
    }

    [Fact]
    public async Task Progress_is_told_of_each_check()
    {
        var told = new Told();

        var report = await ConformanceKit.CheckAsync(folder.FullName, new ConformanceOptions { Progress = told });

        told.Results.Should().Equal(report.Checks);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string Plugin
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(Repository.Root, "samples", "HelloConnector", "bin", output.Parent!.Name, output.Name);
        }
    }

    private sealed class Told : IProgress<CheckResult>
    {
        public List<CheckResult> Results { get; } = [];

        public void Report(CheckResult value) => Results.Add(value);
    }
}

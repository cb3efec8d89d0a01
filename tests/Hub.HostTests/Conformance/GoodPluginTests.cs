using DmpFederation.Hub.HostTests.Connectors;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Conformance;

public sealed class GoodPluginTests
{
    public static TheoryData<string> Plugins =>
    [
        "plugins/CdaRepository", "plugins/DossierPharmaceutique", "plugins/FhirServer", "plugins/HistoriqueRemboursements",
        "plugins/HprimBiologie", "plugins/ReseauDiabete", "samples/HelloConnector",
    ];

    [Theory]
    [MemberData(nameof(Plugins))]
    public async Task A_plug_in_of_this_repository_keeps_the_contract(string project)
    {
        var ran = await CheckedPlugin.RunAsync(PluginOutput.Of(project.Split('/')), "--json");

        ran.Failures.Should().BeEmpty();
        ran.Exit.Should().Be(0);
    }

    [Fact]
    public async Task Every_check_can_be_passed()
    {
        var overHttp = await CheckedPlugin.CarelessAsync(new FixtureCopy());
        var overFiles = await CheckedPlugin.CarelessAsync(new FixtureCopy().AsFiles());

        overHttp.Failures.Should().BeEmpty();
        overFiles.Failures.Should().BeEmpty();
        overHttp.NotApplicable.Keys.Should().BeEquivalentTo("CNF-641", "CNF-642");
        overFiles.NotApplicable.Keys.Should().NotContain(["CNF-641", "CNF-642"]);
    }

    [Fact]
    public async Task The_report_for_a_person_names_what_failed_and_what_to_fix()
    {
        using var fixture = new FixtureCopy().With("lists-twice");

        var ran = await CheckedPlugin.RunAsync(PluginOutput.Of("tests", "BadPlugins", "Careless"), "--fixture", fixture.Folder);

        ran.Exit.Should().Be(1);
        ran.Output.Should().Contain("FAIL CNF-621").And.Contain("a key came twice").And.Contain("to fix: ").And.Contain("1 failed");
    }

    [Fact]
    public async Task A_plug_in_that_is_not_there_fails_and_bad_usage_is_told_apart()
    {
        var missing = await CheckedPlugin.RunAsync("no-such-plug-in");
        var usage = await CheckedPlugin.RunAsync("careless", "--deadline", "never");

        (missing.Exit, missing.Errors.Trim()).Should().Be((1, "Plug-in 'no-such-plug-in' is not installed."));
        usage.Exit.Should().Be(2);
    }
}

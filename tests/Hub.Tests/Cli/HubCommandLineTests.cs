using System.Text.Json;
using DmpFederation.Hub.Cli;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Cli;

public sealed class HubCommandLineTests
{
    [Theory]
    [InlineData("279035121518989")]
    [InlineData("urn:oid:1.2.250.1.213.1.4.10|279035121518989")]
    [InlineData("2 79 03 51 215 189 89")]
    public async Task A_good_number_is_valid_and_is_not_echoed(string value)
    {
        var ran = await RunAsync("ins", "check", value);

        ran.Should().Be(new Ran(0, "valid urn:oid:1.2.250.1.213.1.4.10\n", ""));
    }

    [Fact]
    public async Task A_number_pasted_in_groups_is_one_number() =>
        (await RunAsync("ins", "check", "2", "79", "03", "51", "215", "189", "89")).Exit.Should().Be(0);

    [Theory]
    [InlineData("KEY", "279035121518988")]
    [InlineData("SHAPE", "27903512151")]
    [InlineData("SHAPE", "27903512151", "8989", "12")]
    [InlineData("SYSTEM", "urn:oid:1.2.3|279035121518989")]
    public async Task A_bad_number_is_refused_by_its_rule_and_is_not_echoed(string rule, params string[] value)
    {
        var ran = await RunAsync(["ins", "check", .. value]);
        var json = await RunAsync(["ins", "check", "--json", .. value]);

        (ran.Exit, ran.Output).Should().Be((1, ""));
        ran.Errors.Should().StartWith($"INS_INVALID {rule}: ").And.NotContain("27903512151");
        json.Exit.Should().Be(1);
        json.Output.Should().NotContain("27903512151");
        using var line = JsonDocument.Parse(json.Output);
        line.RootElement.GetProperty("valid").GetBoolean().Should().BeFalse();
        line.RootElement.GetProperty("rule").GetString().Should().Be(rule);
    }

    [Fact]
    public async Task Each_line_gets_its_INS_C_or_its_error()
    {
        var good = await RunWithAsync("Jean;500801;1500815051040\n\nTHIBAUT;210918;121092A220868\n", "ins", "compute");
        var mixed = await RunWithAsync("Jean;500801;1500815051040\nJean;5008;1500815051040\nJean\n", "ins", "compute");

        good.Should().Be(new Ran(0, "1541187387477485562488\n1341508057982600714378\n", ""));
        mixed.Should().Be(new Ran(1, "1541187387477485562488\nerror;BIRTH_DATE\nerror;LINE\n", ""));
    }

    [Theory]
    [InlineData("no-such-verb")]
    [InlineData("sources", "no-such-verb")]
    [InlineData("sources")]
    [InlineData("ins")]
    [InlineData("ins", "check")]
    [InlineData("connector", "preview")]
    [InlineData("connector", "preview", "cda-repository")]
    [InlineData("token")]
    [InlineData("sources", "list", "--no-such-option")]
    public async Task Wrong_usage_is_2_and_points_to_the_help(params string[] arguments)
    {
        var ran = await RunAsync(arguments);

        (ran.Exit, ran.Output).Should().Be((2, ""));
        ran.Errors.Should().EndWith("See --help.\n");
    }

    [Theory]
    [InlineData("--help", "sources")]
    [InlineData("serve --help", "--plugins")]
    [InlineData("sources --help", "list")]
    [InlineData("sources list --help", "--plugins")]
    [InlineData("connector preview --help", "FILE")]
    [InlineData("ins check --help", "VALUE")]
    [InlineData("token --help", "--persona")]
    public async Task Help_is_good_and_names_what_can_be_said(string arguments, string named)
    {
        var ran = await RunAsync(arguments.Split(' '));

        (ran.Exit, ran.Errors).Should().Be((0, ""));
        ran.Output.Should().Contain(named);
    }

    [Fact]
    public async Task A_plug_in_nobody_installed_previews_nothing()
    {
        var ran = await RunAsync("connector", "preview", "no-such-plug-in", "file.xml");

        ran.Should().Be(new Ran(1, "", "Plug-in 'no-such-plug-in' is not installed.\n"));
    }

    [Fact]
    public async Task A_plugins_file_that_cannot_be_parsed_is_named_with_its_fault()
    {
        var folder = Directory.CreateTempSubdirectory("dmpfed-cli");
        try
        {
            var file = Path.Combine(folder.FullName, "sources-of-the-east.json");
            await File.WriteAllTextAsync(file, "{\n \"sources\": [ secret");

            var broken = await RunAsync("sources", "list", "--plugins", file);
            var missing = await RunAsync("sources", "list", "--json", "--plugins", Path.Combine(folder.FullName, "none.json"));
            await File.WriteAllTextAsync(file, "{ \"pluginFolders\": [], \"sources\": [] }");
            var empty = await RunAsync("sources", "list", "--plugins", file);

            (broken.Exit, broken.Output).Should().Be((1, ""));
            broken.Errors.Should().StartWith("sources-of-the-east.json: (file): is not JSON at line 2").And.NotContain("secret");
            missing.Should().Be(new Ran(1, "", "none.json: (file): is missing\n"));
            empty.Should().Be(new Ran(1, "", "No source is configured: is this the right plugins.json?\n"));
        }
        finally
        {
            folder.Delete(true);
        }
    }

    [Theory]
    [InlineData(null, "http://127.0.0.1:1/", 1, "Development only")]
    [InlineData("Production", "http://127.0.0.1:1/", 1, "Development only")]
    [InlineData("Development", "http://127.0.0.1:1/", 1, "No identity provider answers")]
    [InlineData("Development", "nowhere", 2, "--authority")]
    public async Task A_demo_token_is_asked_for_in_Development_only(string? environment, string authority, int exit, string said)
    {
        string[] names = ["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"];
        var before = names.ToDictionary(name => name, Environment.GetEnvironmentVariable);
        try
        {
            foreach (var name in names)
                Environment.SetEnvironmentVariable(name, environment);

            var ran = await RunAsync("token", "--persona", "doctor", "--authority", authority);

            (ran.Exit, ran.Output).Should().Be((exit, ""));
            ran.Errors.Should().Contain(said);
        }
        finally
        {
            foreach (var (name, value) in before)
                Environment.SetEnvironmentVariable(name, value);
        }
    }

    private static Task<Ran> RunAsync(params string[] arguments) => RunWithAsync("", arguments);

    private static async Task<Ran> RunWithAsync(string input, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var exit = await HubCommandLine.RunAsync(arguments, new StringReader(input), output, errors);
        return new Ran(exit, output.ToString(), errors.ToString());
    }

    private sealed record Ran(int Exit, string Output, string Errors);
}

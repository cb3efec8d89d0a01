using System.Text.Json;
using DmpFederation.Hub.Cli;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Audit;

public sealed class AuditCommandTests : IAsyncDisposable
{
    private readonly SqliteAuditHost host = new();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_whole_chain_is_said_to_be_whole_with_its_anchor()
    {
        var anchor = await FillAsync(3);
        var ran = await RunAsync("audit", "verify", "--anchor", anchor);

        ran.Exit.Should().Be(0);
        ran.Output.Should().Contain($"anchor {anchor}").And.EndWith("3 lines of 1 chains checked: whole\n");
    }

    [Fact]
    public async Task A_wrong_line_is_named_and_the_exit_code_is_1()
    {
        var anchor = await FillAsync(3);
        await host.ExecuteAsync("UPDATE audit_line SET actor_name = 'Paul AUTRE' WHERE seq = 2");
        var ran = await RunAsync("audit", "verify");
        (ran.Exit, ran.Output.Split('\n')[0]).Should().Be((1, $"ALTERED            chain {anchor.Split(':')[0]} line 2"));

        var json = await RunAsync("audit", "verify", "--json");
        using var report = JsonDocument.Parse(json.Output);
        report.RootElement.GetProperty("whole").GetBoolean().Should().BeFalse();
        report.RootElement.GetProperty("lines").GetInt64().Should().Be(3);
        report.RootElement.GetProperty("findings")[0].GetProperty("fault").GetString().Should().Be("ALTERED");
        json.Output.Should().NotContainAny("AUTRE", "ESSAI", APatient.Known().Ins.Value);
    }

    [Fact]
    public async Task An_audit_that_is_not_there_is_not_whole()
    {
        var ran = await RunAsync("audit", "verify");
        (ran.Exit, ran.Output).Should().Be((1, ""));
        ran.Errors.Should().Contain("no audit");
        Directory.Exists(Path.Combine(host.Folder.FullName, "audit")).Should().BeFalse("whoever looks makes nothing");
    }

    [Theory]
    [InlineData("audit", "verify", "--anchor", "abc")]
    [InlineData("audit", "export", "--from", "yesterday")]
    [InlineData("audit")]
    public async Task Wrong_usage_is_2(params string[] arguments) => (await RunAsync(arguments)).Exit.Should().Be(arguments.Length == 1 ? 1 : 2);

    [Fact]
    public async Task An_export_of_one_persons_lines_is_asked_for_on_standard_input_and_is_written_down()
    {
        await FillAsync(3);
        var patient = APatient.Number(2);
        var ran = await RunAsync([.. Words("audit export --patient")], patient.Ins.ToWire() + "\n" + patient.InsC.ToWire() + "\n");

        ran.Exit.Should().Be(0);
        var events = ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        events.Should().HaveCount(3, "one reading, and the export itself under two identifiers");
        events.Should().OnlyContain(line => line.Contains("\"resourceType\":\"AuditEvent\"", StringComparison.Ordinal));
        events[0].Should().Contain(patient.Ins.Value).And.NotContain(APatient.Number(1).Ins.Value);
        (await host.Open().LinesAsync()).Count(static line => line.Action == "AUDIT_EXPORTED").Should().Be(2);
        (await RunAsync("audit", "verify")).Exit.Should().Be(0);

        (await RunAsync([.. Words("audit export --patient")], "12\n")).Should().Match<Ran>(bad => bad.Exit == 2 && bad.Output == "");
        (await RunAsync([.. Words("audit export --patient")], "")).Exit.Should().Be(2);
        (await RunAsync([.. Words("audit export --from 2000-01-01 --to 2000-01-02")], "")).Output.Should().BeEmpty();
    }

    private static string[] Words(string text) => text.Split(' ');

    private async Task<string> FillAsync(int lines)
    {
        var node = host.Open();
        for (var number = 1; number <= lines; number++)
            await node.Trail.AppendAsync([ARecord.OfAReading(number)], default);
        return (await node.VerifyAsync()).Heads.Single().ToString();
    }

    private Task<Ran> RunAsync(params string[] arguments) => RunAsync(arguments, "");

    private async Task<Ran> RunAsync(string[] arguments, string input)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        string[] all = arguments.Length > 1 ? [.. arguments, "--state-folder", host.Folder.FullName] : arguments;
        var exit = await HubCommandLine.RunAsync(all, new StringReader(input), output, errors);
        return new Ran(exit, output.ToString(), errors.ToString());
    }

    private sealed record Ran(int Exit, string Output, string Errors);
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DmpFederation.Demo;
using DmpFederation.Demo.Processes;
using DmpFederation.Demo.WorldState;
using DmpFederation.LegacySystems.Insi;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.World;

public sealed class DemoPartsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("demo-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("""{"data":{"sources":[{"id":"dp","state":"ACTIVE"},{"id":"x","state":"DISABLED"}]}}""", null)]
    [InlineData("""{"data":{"sources":[{"id":"dp","state":"ACTIVE"},{"id":"x","state":"UNREACHABLE"}]}}""", "source x is UNREACHABLE")]
    [InlineData("""{"data":{"sources":[]}}""", "it has no source")]
    [InlineData("""{"errors":[{"message":"no"}]}""", "its answer names no sources")]
    [InlineData("Bad gateway", "its answer is not JSON")]
    public void The_hub_is_ready_when_every_source_that_is_switched_on_is_active(string answer, string? missing) =>
        Readiness.Sources(true, answer).Should().Be(missing);

    [Theory]
    [InlineData("ANSWERED", "null", null)]
    [InlineData("PARTIAL", "\"UNREADABLE\"", null)]
    [InlineData("PARTIAL", "\"DEADLINE\"", "source dp is PARTIAL")]
    [InlineData("TIMED_OUT", "\"DEADLINE\"", "source dp is TIMED_OUT")]
    public void The_first_dossier_must_come_in_time_from_every_source(string status, string reason, string? missing) =>
        Readiness.Dossier(true, "{\"data\":{\"dossier\":{\"sources\":[{\"sourceId\":\"dp\",\"status\":\"" + status + "\",\"reason\":" + reason + "}]}}}")
            .Should().Be(missing);

    [Fact]
    public async Task Whatever_does_not_answer_is_named_with_the_reason()
    {
        var port = ClosedPort();
        using var http = new HttpClient();
        var readiness = new Readiness(
            http, new Uri($"http://127.0.0.1:{port}/graphql"), "token", "token", "279035121518989", [("insi", new Uri($"http://127.0.0.1:{port}/health"))]);
        var missing = await readiness.MissingAsync(CancellationToken.None);
        missing.Should().HaveCount(2);
        missing[0].Should().StartWith("insi at").And.Contain("does not answer");
        missing[1].Should().StartWith("hub at");
    }

    [Fact]
    public void A_port_in_use_is_named_with_its_owner_and_the_way_out()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var require = () => FreePorts.Require(new DemoPorts(port), portal: false);
        require.Should().Throw<DemoFault>().Which.Message.Should().Contain($"{port} (hub)").And.Contain("--port-base");
    }

    [Fact]
    public void Other_ports_move_every_loopback_address_and_nothing_else() =>
        PluginsFile.Move("""{"a":"http://127.0.0.1:5102/","b":"http://127.0.0.1:5103/fhir/","c":"timeoutMs 5100","d":"http://region.example:5102/"}""", 1000)
            .Should().Be("""{"a":"http://127.0.0.1:6102/","b":"http://127.0.0.1:6103/fhir/","c":"timeoutMs 5100","d":"http://region.example:5102/"}""");

    [Fact]
    public void A_world_is_the_same_on_a_later_day_and_another_for_any_other_parameter()
    {
        var stamp = new WorldStamp(2009, 500, "g", new DateOnly(2026, 3, 17));
        stamp.Write(folder);
        var read = WorldStamp.Read(folder);
        read.Should().Be(stamp);
        (stamp with { Day = stamp.Day.AddDays(3) }).IsSameWorld(read).Should().BeTrue();
        (stamp with { Seed = 1 }).IsSameWorld(read).Should().BeFalse();
        (stamp with { Patients = 1 }).IsSameWorld(read).Should().BeFalse();
        (stamp with { Generator = "h" }).IsSameWorld(read).Should().BeFalse();
        stamp.IsSameWorld(null).Should().BeFalse();
        File.WriteAllText(Path.Combine(folder, WorldStamp.FileName), "{");
        WorldStamp.Read(folder).Should().BeNull();
    }

    [Fact]
    public async Task Fresh_does_not_delete_a_folder_that_is_not_the_demos()
    {
        File.WriteAllText(Path.Combine(folder, "thesis.odt"), "years of work");
        var options = new DemoOptions(folder, 1, 1, false, Fresh: true, new DemoPorts(DemoPorts.Default));
        var prepare = () => new WorldFolder(options, TimeProvider.System, TextWriter.Null).PrepareAsync(CancellationToken.None);
        await prepare.Should().ThrowAsync<DemoFault>();
        File.Exists(Path.Combine(folder, "thesis.odt")).Should().BeTrue();
    }

    [SkippableFact]
    public async Task A_program_can_be_made_to_hang_go_on_die_and_come_back_and_ends_with_the_demo()
    {
        Skip.IfNot(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "signals are POSIX");
        InsiSystem.Write(SyntheticFrance.World.Generate(1, 3, WorldFixture.Today), Path.Combine(folder, InsiSystem.Name));
        var address = $"http://127.0.0.1:{ClosedPort()}";
        using var program = new ChildProgram(InsiSystem.Name, () => Start(address), folder, TextWriter.Null);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        program.Start();
        await AnswersAsync(http, address);

        program.Signal(Signals.Stop).Should().BeTrue();
        var hanging = () => http.GetStringAsync(new Uri(address + "/health"));
        await hanging.Should().ThrowAsync<TaskCanceledException>();
        program.Signal(Signals.Continue).Should().BeTrue();
        await AnswersAsync(http, address);

        program.Kill();
        program.Pid.Should().BeNull();
        program.Start();
        await AnswersAsync(http, address);

        // The demo's end closes the pipe, whatever ends it.
        var start = Start(address);
        program.Kill();
        using var orphan = Process.Start(start)!;
        await AnswersAsync(http, address);
        orphan.StandardInput.Close();
        orphan.WaitForExit(TimeSpan.FromSeconds(10)).Should().BeTrue();
    }

    private ProcessStartInfo Start(string address)
    {
        var start = ChildEnvironment.Dotnet(typeof(InsiSystem).Assembly.Location);
        foreach (var argument in (string[])[InsiSystem.Name, "--data", folder, "--urls", address])
            start.ArgumentList.Add(argument);
        return start;
    }

    private static async Task AnswersAsync(HttpClient http, string address)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                (await http.GetStringAsync(new Uri(address + "/health"))).Should().Contain("\"persons\":3");
                return;
            }
            catch (Exception slow) when (slow is HttpRequestException or TaskCanceledException && attempt < 100)
            {
                await Task.Delay(100);
            }
        }
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Net;
using System.Text.Json;
using DmpFederation.Hub.HostTests.Quarantine;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Audit;

/// <summary>An audit that cannot be written: nothing is served, the hub says why, and mending it needs no restart.</summary>
public sealed class BrokenAuditTests
{
    private const string Dossier = "query($ins: INS!) { dossier(ins: $ins) { complete entries { nodes { id title } } } }";

    [SkippableFact]
    public async Task A_full_disk_serves_nothing_until_there_is_room_again()
    {
        await using var hub = new RunningHub();
        hub.Files.Install("HalfReader", "half-reader");
        hub.WriteSource("notes", "half-reader");
        using var disk = SmallDisk.At(Path.Combine(hub.StateFolder, "audit"));
        await hub.StartAsync();
        (await AskAsync(hub)).Should().Be((HttpStatusCode.OK, null));

        disk.Fill();
        await RunningHub.EventuallyAsync(async () => (await AskAsync(hub)).Status == HttpStatusCode.ServiceUnavailable, "the log has no room any more");
        (await AskAsync(hub)).Should().Be((HttpStatusCode.ServiceUnavailable, "DISK_FULL"));
        (await hub.HealthAsync()).Should().Match<(HttpStatusCode Status, string Text)>(
            health => health.Status == HttpStatusCode.ServiceUnavailable && health.Text.Contains("audit: Unhealthy", StringComparison.Ordinal));

        disk.Empty();
        (await AskAsync(hub)).Should().Be((HttpStatusCode.OK, null));
        (await hub.HealthAsync()).Status.Should().Be(HttpStatusCode.OK);
        var verified = await hub.RunAsync("audit", "verify", "--state-folder", hub.StateFolder);
        verified.Exit.Should().Be(0, verified.Output + verified.Errors);
    }

    [SkippableFact]
    public async Task A_read_only_audit_serves_nothing_until_it_may_be_written_again()
    {
        await using var hub = new RunningHub();
        hub.Files.Install("HalfReader", "half-reader");
        hub.WriteSource("notes", "half-reader");
        using var disk = SmallDisk.At(Path.Combine(hub.StateFolder, "audit"));
        await hub.StartAsync();
        (await AskAsync(hub)).Status.Should().Be(HttpStatusCode.OK);
        await hub.StopAsync();
        disk.MakeReadOnly(true);
        await hub.StartAsync();

        var (status, rule) = await AskAsync(hub);
        (status, rule is "READ_ONLY" or "UNREACHABLE").Should().Be((HttpStatusCode.ServiceUnavailable, true), rule);
        (await hub.HealthAsync()).Status.Should().Be(HttpStatusCode.ServiceUnavailable);

        disk.MakeReadOnly(false);
        (await AskAsync(hub)).Should().Be((HttpStatusCode.OK, null));
        (await hub.HealthAsync()).Status.Should().Be(HttpStatusCode.OK);
    }

    /// <summary>The status, and the rule of a refusal; an answer that was refused holds nothing else.</summary>
    private static async Task<(HttpStatusCode Status, string? Rule)> AskAsync(RunningHub hub)
    {
        using var response = await hub.SendAsync(hub.Doctor, Dossier, new { ins = RunningHub.Ins });
        var text = await response.Content.ReadAsStringAsync();
        using var answer = JsonDocument.Parse(text);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            answer.RootElement.GetProperty("data").GetProperty("dossier").GetProperty("entries").GetProperty("nodes").GetArrayLength().Should().Be(1, text);
            return (response.StatusCode, null);
        }
        answer.RootElement.EnumerateObject().Select(static part => part.Name).Should().Equal("errors");
        var extensions = answer.RootElement.GetProperty("errors")[0].GetProperty("extensions");
        extensions.GetProperty("code").GetString().Should().Be("AUDIT_UNAVAILABLE");
        return (response.StatusCode, extensions.GetProperty("rule").GetString());
    }
}

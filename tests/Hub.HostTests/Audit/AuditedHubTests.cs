using System.Net;
using System.Text.Json;
using DmpFederation.Hub.HostTests.Quarantine;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Audit;

/// <summary>What a whole hub on a real port writes down, as the patient reads it.</summary>
public sealed class AuditedHubTests
{
    private const string TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private const string OtherIns = "193022506400170";

    private const string Log = "query($ins: INS!, $first: Int, $after: ID) { accessLog(ins: $ins, first: $first, after: $after) { hasNext endCursor nodes { "
        + "at sentence action outcome code rule person personId profession organization portal purpose mode reason entryCount entries correlationId } } }";

    [Fact]
    public async Task A_reading_is_in_the_patients_log_with_exactly_what_was_shown()
    {
        await using var hub = await RunningHub.StartAsync("HalfReader");
        using var response = await hub.SendAsync(
            hub.Doctor, "query($ins: INS!) { dossier(ins: $ins) { entries(first: 1) { nodes { id } } } }", new { ins = RunningHub.Ins }, TraceParent);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var shown = answer.RootElement.GetProperty("data").GetProperty("dossier").GetProperty("entries").GetProperty("nodes")[0].GetProperty("id");
        response.Headers.GetValues("X-Correlation-Id").Should().Equal("4bf92f3577b34da6a3ce929d0e0e4736");

        // Sources are asked, and nothing is shown.
        using var none = await hub.SendAsync(hub.Doctor, "query($ins: INS!) { dossier(ins: $ins) { sources { status } } }", new { ins = RunningHub.Ins });

        var lines = Nodes(await LogAsync(hub, hub.Patient(RunningHub.Ins)));
        lines.Should().HaveCount(2);
        lines[0].GetProperty("entries").GetArrayLength().Should().Be(0);
        lines[0].GetProperty("correlationId").GetString().Should().Be(none.Headers.GetValues("X-Correlation-Id").Single());
        var line = lines[1];
        line.GetProperty("entries").EnumerateArray().Select(static id => id.GetString()).Should().Equal(shown.GetString());
        (Text(line, "action"), Text(line, "outcome"), Text(line, "personId"), Text(line, "profession"), Text(line, "purpose"), Text(line, "correlationId"))
            .Should().Be(("DOSSIER_READ", "SERVED", "899700218896", "médecin", "TREATMENT", "4bf92f3577b34da6a3ce929d0e0e4736"));
        Text(line, "sentence").Should().StartWith("Le professionnel n° 899700218896, médecin a consulté votre dossier (1 élément affiché) pour vos soins");
    }

    [Fact]
    public async Task The_log_is_read_page_by_page_and_reading_it_leaves_a_line()
    {
        await using var hub = await RunningHub.StartAsync("HalfReader");
        for (var turn = 0; turn < 3; turn++)
            await hub.DossierAsync();
        var patient = hub.Patient(RunningHub.Ins);
        var first = (await LogAsync(hub, patient, 2)).GetProperty("data").GetProperty("accessLog");
        first.GetProperty("hasNext").GetBoolean().Should().BeTrue();
        var second = (await LogAsync(hub, patient, 2, first.GetProperty("endCursor").GetString())).GetProperty("data").GetProperty("accessLog");
        second.GetProperty("hasNext").GetBoolean().Should().BeFalse();
        second.GetProperty("nodes").GetArrayLength().Should().Be(1);

        var all = Nodes(await LogAsync(hub, hub.Steward("dpo")));
        all.Select(static line => Text(line, "action")).Should().Equal(
            "ACCESS_LOG_READ", "ACCESS_LOG_READ", "DOSSIER_READ", "DOSSIER_READ", "DOSSIER_READ");
        Text(all[0], "sentence").Should().StartWith("Vous avez consulté l'historique des accès à votre dossier");
        Code(await LogAsync(hub, hub.Doctor)).Should().Be(("ACCESS_REFUSED", "ACC-142"));
        Code(await hub.AskAsync(patient, Log, new { ins = RunningHub.Ins, after = "!" })).Should().Be(("BAD_REQUEST", "CURSOR"));
    }

    [Fact]
    public async Task A_patient_who_asks_for_another_is_refused_and_the_other_reads_that()
    {
        await using var hub = await RunningHub.StartAsync("HalfReader");
        var intruder = hub.Patient(OtherIns);
        Code(await hub.AskAsync(intruder, "query($ins: INS!) { dossier(ins: $ins) { complete } }", new { ins = RunningHub.Ins }))
            .Should().Be(("ACCESS_REFUSED", "ACC-111"));
        Code(await LogAsync(hub, intruder)).Should().Be(("ACCESS_REFUSED", "ACC-111"));

        Nodes(await LogAsync(hub, hub.Patient(RunningHub.Ins))).Select(static line => (Text(line, "action"), Text(line, "outcome"), Text(line, "rule")))
            .Should().Equal(("ACCESS_LOG_READ", "REFUSED", "ACC-111"), ("DOSSIER_REFUSED", "REFUSED", "ACC-111"));
    }

    [Fact]
    public async Task Every_answer_names_its_correlation_id()
    {
        await using var hub = await RunningHub.StartAsync("HalfReader");
        using var unknown = await hub.SendAsync("not a token", "{ me { id } }", null);
        unknown.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        unknown.Headers.GetValues("X-Correlation-Id").Single().Should().MatchRegex("^[0-9a-f]{32}$");
    }

    private static Task<JsonElement> LogAsync(RunningHub hub, string token, int first = 50, string? after = null) =>
        hub.AskAsync(token, Log, new { ins = RunningHub.Ins, first, after });

    private static JsonElement[] Nodes(JsonElement answer) =>
        [.. answer.GetProperty("data").GetProperty("accessLog").GetProperty("nodes").EnumerateArray()];

    private static string? Text(JsonElement line, string name) => line.GetProperty(name).GetString();

    private static (string? Code, string? Rule) Code(JsonElement answer)
    {
        var extensions = answer.GetProperty("errors")[0].GetProperty("extensions");
        return (extensions.GetProperty("code").GetString(), extensions.GetProperty("rule").GetString());
    }
}

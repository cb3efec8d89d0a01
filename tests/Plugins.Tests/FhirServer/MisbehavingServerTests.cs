using System.Diagnostics;
using DmpFederation.Sdk;
using FluentAssertions;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace DmpFederation.Plugins.Tests.FhirServer;

/// <summary>What a server does wrong costs its own slice, is named, and never costs what came before.</summary>
public sealed class MisbehavingServerTests
{
    [Fact]
    public async Task A_failing_second_page_keeps_the_first_and_names_the_gap() => await ShouldYieldAsync(
        (http, path) => path == "Observation/_search" ? Page(http, ["1", "2"], "Observation?page=2") : Status(http, 500),
        ["1", "2"],
        "PAGE_FAILED");

    [Fact]
    public async Task A_page_that_leads_back_is_followed_once() => await ShouldYieldAsync(
        (http, path) => path == "Observation/_search" ? Page(http, ["1"], "Observation?page=2") : Page(http, ["2"], "Observation?page=2"),
        ["1", "2"],
        "PAGE_LOOP");

    [Theory]
    [InlineData("http://127.0.0.2:9/fhir/Observation?page=2")]
    [InlineData("https://example.invalid/fhir/Observation?page=2")]
    [InlineData("//example.invalid/x")]
    [InlineData("file:///etc/passwd")]
    public async Task A_link_to_another_origin_is_not_followed(string link) =>
        await ShouldYieldAsync((http, _) => Page(http, ["1"], link), ["1"], "FOREIGN_LINK");

    [Fact]
    public async Task A_link_with_a_user_in_it_is_not_followed()
    {
        ScriptedServer? server = null;
        await using var running = server = await ScriptedServer.WithObservationsAsync(
            (http, _) => Page(http, ["1"], server!.BaseUrl.Replace("://", "://user@", StringComparison.Ordinal) + "Observation?page=2"));
        await using var source = new OpenSource(server.BaseUrl);
        (await source.ReadAsync(Bundles.Key)).OfType<ReadGap>().Should().ContainSingle().Which.Code.Should().Be("FOREIGN_LINK");
    }

    [Fact]
    public async Task A_redirect_is_not_followed() => await ShouldYieldAsync(
        (http, path) =>
        {
            if (path == "Observation/_search")
                return Page(http, ["1"], "Observation?page=2");
            http.Response.Redirect("http://127.0.0.1:9/elsewhere");
            return Task.CompletedTask;
        },
        ["1"],
        "FOREIGN_LINK");

    [Fact]
    public async Task Paging_without_end_stops_at_the_setting()
    {
        var page = 0;
        await using var server = await ScriptedServer.WithObservationsAsync((http, _) => Page(http, [$"{++page}"], $"Observation?page={page + 1}"));
        await using var source = new OpenSource(server.BaseUrl, ("maxPages", "5"));
        ShouldBe(await source.ReadAsync(Bundles.Key), ["1", "2", "3", "4", "5"], "TOO_MANY_PAGES");
    }

    [Fact]
    public async Task A_page_whose_json_is_cut_yields_its_whole_entries() => await ShouldYieldAsync(
        (http, _) =>
        {
            var whole = Bundles.SearchSet([Bundles.Observation("1"), Bundles.Observation("2")]);
            return Bundles.WriteAsync(http, whole[..(whole.Length - 60)]);
        },
        ["1"],
        "BAD_ANSWER");

    [Fact]
    public async Task A_connection_broken_in_the_middle_of_a_page_yields_its_whole_entries() => await ShouldYieldAsync(
        async (http, _) =>
        {
            var whole = Bundles.SearchSet([Bundles.Observation("1"), Bundles.Observation("2")]);
            // Kestrel closes a connection on which less was written than announced.
            http.Response.ContentLength = whole.Length;
            await Bundles.WriteAsync(http, whole[..(whole.Length - 60)]);
        },
        ["1"],
        "BAD_ANSWER");

    [Theory]
    [InlineData("<html><body>Maintenance</body></html>")]
    [InlineData("")]
    [InlineData("{\"resourceType\":\"Observation\",\"id\":\"1\"}")]
    [InlineData("\u0000\u0001\u0002")]
    public async Task Garbage_on_a_later_page_is_a_gap(string garbage) => await ShouldYieldAsync(
        (http, path) => path == "Observation/_search" ? Page(http, ["1"], "Observation?page=2") : Bundles.WriteAsync(http, garbage),
        ["1"],
        "BAD_ANSWER");

    [Fact]
    public async Task A_page_larger_than_the_setting_is_refused() => await ShouldYieldAsync(
        (http, path) => path == "Observation/_search" ? Page(http, ["1"], "Observation?page=2") : EndlessAsync(http),
        ["1"],
        "TOO_LARGE",
        ("maxPageBytes", "65536"));

    [Theory]
    [InlineData(500, "ERROR_STATUS")]
    [InlineData(404, "ERROR_STATUS")]
    [InlineData(401, "REFUSED")]
    [InlineData(403, "REFUSED")]
    [InlineData(302, "FOREIGN_LINK")]
    public async Task A_source_that_answers_nothing_well_fails_with_its_code(int status, string code)
    {
        await using var server = await ScriptedServer.StartAsync((http, _) => Status(http, status));
        await using var source = new OpenSource(server.BaseUrl);
        (await source.Invoking(each => each.ReadAsync(Bundles.Key)).Should().ThrowAsync<SourceFaultException>()).Which.Code.Should().Be(code);
        (await source.Invoking(async each => await each.Connector.ProbeAsync(default)).Should().ThrowAsync<SourceFaultException>()).Which.Code.Should().Be(code);
    }

    [Fact]
    public async Task A_source_whose_every_search_fails_is_a_fault_and_not_an_empty_dossier()
    {
        await using var server = await ScriptedServer.WithObservationsAsync((http, _) => Status(http, 503));
        await using var source = new OpenSource(server.BaseUrl);
        (await source.Invoking(each => each.ReadAsync(Bundles.Key)).Should().ThrowAsync<SourceFaultException>()).Which.Code.Should().Be("ERROR_STATUS");
    }

    [Fact]
    public async Task A_closed_port_is_unreachable()
    {
        string address;
        await using (var server = await ScriptedServer.StartAsync((http, _) => Status(http, 200)))
            address = server.BaseUrl;
        await using var source = new OpenSource(address);
        (await source.Invoking(each => each.ReadAsync(Bundles.Key)).Should().ThrowAsync<SourceFaultException>()).Which.Code.Should().Be("UNREACHABLE");
    }

    [Theory]
    [InlineData("Patient/_search")]
    [InlineData("metadata")]
    [InlineData("Observation/_search")]
    public async Task A_hung_server_is_left_within_a_second_of_cancellation_and_what_came_before_was_yielded(string hung)
    {
        var reached = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync((http, path) =>
        {
            if (path == hung)
            {
                reached.TrySetResult();
                return Task.Delay(Timeout.Infinite, http.RequestAborted);
            }
            return path switch
            {
                "metadata" => Bundles.WriteAsync(http, Bundles.Capabilities("Observation", "Condition")),
                "Patient/_search" => Bundles.WriteAsync(http, Bundles.SearchSet([Bundles.Patient("1", Bundles.Key.System, Bundles.Key.Value)])),
                _ => Page(http, []),
            };
        });
        await using var source = new OpenSource(server.BaseUrl);
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            await foreach (var item in source.Connector.ReadAsync(new ReadRequest([new PatientQuery(Bundles.Key)]), stop.Token))
                item.Should().NotBeNull();
        });
        await reached.Task;
        var watch = Stopwatch.StartNew();
        await stop.CancelAsync();
        await reading.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_hung_capability_statement_costs_its_own_patience_only()
    {
        await using var server = await ScriptedServer.StartAsync((http, path) => path switch
        {
            "metadata" => Task.Delay(Timeout.Infinite, http.RequestAborted),
            "Patient/_search" => Bundles.WriteAsync(http, Bundles.SearchSet([Bundles.Patient("1", Bundles.Key.System, Bundles.Key.Value)])),
            "Observation/_search" => Page(http, ["1"]),
            _ => Status(http, 404),
        });
        await using var source = new OpenSource(server.BaseUrl);
        ShouldBe(await source.ReadAsync(Bundles.Key), ["1"], gap: null);
    }

    [Fact]
    public async Task An_outcome_among_the_entries_is_a_gap_when_it_is_an_error_and_nothing_when_it_is_a_warning() => await ShouldYieldAsync(
        (http, _) => Bundles.WriteAsync(http, Bundles.SearchSet(
        [
            Bundles.Observation("1"),
            """{"resourceType":"OperationOutcome","issue":[{"severity":"warning","code":"informational"},{"severity":"error","code":"too-costly","diagnostics":"279035121518989"}]}""",
        ])),
        ["1"],
        "TOO_COSTLY");

    internal static Task Status(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    internal static Task Page(HttpContext http, IEnumerable<string> ids, string? next = null) =>
        Bundles.WriteAsync(http, Bundles.SearchSet(ids.Select(id => Bundles.Observation(id)), next));

    private static async Task EndlessAsync(HttpContext http)
    {
        await Bundles.WriteAsync(http, "{\"resourceType\":\"Bundle\",\"entry\":[");
        var entry = System.Text.Encoding.UTF8.GetBytes($"{{\"resource\":{Bundles.Observation("9")}}},");
        while (!http.RequestAborted.IsCancellationRequested)
            await http.Response.Body.WriteAsync(entry, http.RequestAborted);
    }

    private static async Task ShouldYieldAsync(Func<HttpContext, string, Task> answer, string[] ids, string gap, params (string, string)[] settings)
    {
        await using var server = await ScriptedServer.WithObservationsAsync(answer);
        await using var source = new OpenSource(server.BaseUrl, settings);
        ShouldBe(await source.ReadAsync(Bundles.Key), ids, gap);
    }

    private static void ShouldBe(List<ReadItem> items, string[] ids, string? gap)
    {
        items.OfType<DossierEntry>().Select(entry => entry.LocalId).Should().BeEquivalentTo(ids.Select(id => "Observation/" + id));
        items.OfType<DossierEntry>().Should().AllSatisfy(entry => entry.FiledUnder.Should().Be(Bundles.Key));
        items.OfType<ReadGap>().Select(each => each.Code).Should().Equal(gap is null ? [] : [gap]);
        items.Should().HaveCount(ids.Length + (gap is null ? 0 : 1));
    }
}

using System.Net.Http.Headers;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.FhirServer;

/// <summary>Changes of the Picardie server as the connector follows them.</summary>
public sealed class ChangeFeedTests : IAsyncLifetime
{
    private readonly HttpClient http = new();
    private RunningPicardie picardie = null!;
    private OpenSource source = null!;

    private IChangeFeed Feed => (IChangeFeed)source.Connector;

    public async Task InitializeAsync()
    {
        picardie = await RunningPicardie.StartAsync([]);
        source = new OpenSource(picardie.BaseUrl);
        await PutAsync("Patient/1", Bundles.Patient("1", Bundles.Key.System, Bundles.Key.Value));
    }

    public async Task DisposeAsync()
    {
        await source.DisposeAsync();
        await picardie.DisposeAsync();
        http.Dispose();
    }

    [Fact]
    public async Task From_the_cursor_of_now_exactly_what_changes_is_told_in_order()
    {
        await PutAsync("Observation/before", Bundles.Observation("before"));
        var cursor = await Feed.CurrentCursorAsync(default);
        (await ReadAsync(cursor)).Should().BeEmpty();

        await PutAsync("Observation/1", Bundles.Observation("1"));
        await PutAsync("Observation/1", Bundles.Observation("1").Replace("7.4", "7.9", StringComparison.Ordinal));
        await PutAsync("Observation/2", Bundles.Observation("2"));
        await PutAsync("Observation/2", Bundles.Observation("2", status: "entered-in-error"));
        await DeleteAsync("Observation/before");

        var changes = await ReadAsync(cursor);
        changes.Select(Told).Should().Equal("+Observation/1@1", "+Observation/1@2", "+Observation/2@1", "-Observation/2", "-Observation/before");
        changes.OfType<EntryChanged>().ElementAt(1).Entry.Value!.Number.Should().Be(7.9m);
        changes.OfType<EntryChanged>().Should().AllSatisfy(change => change.Entry.FiledUnder.Should().Be(Bundles.Key));
        changes.OfType<EntryWithdrawn>().Should().AllSatisfy(change => change.Patient.Should().Be(Bundles.Key));
    }

    [Fact]
    public async Task Going_on_from_any_change_misses_nothing_and_repeats_nothing()
    {
        for (var number = 1; number <= 6; number++)
            await PutAsync($"Observation/{number}", Bundles.Observation($"{number}"));
        var all = await ReadAsync(null);
        all.Select(Told).Should().Equal(Enumerable.Range(1, 6).Select(number => $"+Observation/{number}@1"));
        for (var done = 1; done <= all.Count; done++)
            (await ReadAsync(all[done - 1].Cursor)).Select(Told).Should().Equal(all.Skip(done).Select(Told));
    }

    [Fact]
    public async Task Changes_of_one_and_the_same_moment_are_not_missed_when_the_reading_stops_between_them()
    {
        string[] moment = [.. Enumerable.Range(1, 5).Select(number => Version(number))];
        var shown = 3;
        await using var server = await ScriptedServer.StartAsync((answer, path) => Bundles.WriteAsync(answer, path switch
        {
            "_history" => $"{{\"resourceType\":\"Bundle\",\"type\":\"history\",\"entry\":[{string.Join(',', moment[..shown].Reverse())}]}}",
            _ => Bundles.SearchSet([Bundles.Patient("1", Bundles.Key.System, Bundles.Key.Value)]),
        }));
        await using var scripted = new OpenSource(server.BaseUrl);
        var feed = (IChangeFeed)scripted.Connector;
        var first = await ReadAsync(feed, null);
        first.Select(Told).Should().Equal("+Observation/1@1", "+Observation/2@1", "+Observation/3@1");
        (await ReadAsync(feed, first[0].Cursor)).Select(Told).Should().Equal("+Observation/2@1", "+Observation/3@1");
        (await ReadAsync(feed, first[2].Cursor)).Should().BeEmpty();
        shown = 5;
        (await ReadAsync(feed, first[2].Cursor)).Select(Told).Should().Equal("+Observation/4@1", "+Observation/5@1");
    }

    [Fact]
    public async Task A_change_that_sorts_among_those_seen_makes_the_moment_come_again_rather_than_be_missed()
    {
        string[] moment = [Version(1), Version(3)];
        await using var server = await ScriptedServer.StartAsync((answer, path) => Bundles.WriteAsync(answer, path == "_history"
            ? $"{{\"resourceType\":\"Bundle\",\"type\":\"history\",\"entry\":[{string.Join(',', moment)}]}}"
            : Bundles.SearchSet([Bundles.Patient("1", Bundles.Key.System, Bundles.Key.Value)])));
        await using var scripted = new OpenSource(server.BaseUrl);
        var feed = (IChangeFeed)scripted.Connector;
        var cursor = (await ReadAsync(feed, null))[^1].Cursor;
        moment = [Version(1), Version(2), Version(3)];
        (await ReadAsync(feed, cursor)).Select(Told).Should().Contain("+Observation/2@1");
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("h1~not a date~1~00")]
    public async Task A_cursor_of_another_kind_asks_for_a_new_copy(string cursor) =>
        (await this.Invoking(self => self.ReadAsync(cursor)).Should().ThrowAsync<SourceFaultException>()).Which.Code.Should().Be(SourceFaultCodes.CursorExpired);

    [Fact]
    public async Task A_deletion_the_server_cannot_attribute_is_told_as_unreadable_and_the_feed_goes_on()
    {
        const string deletion = """
            {"fullUrl":"Observation/9","request":{"method":"DELETE","url":"Observation/9"},"response":{"status":"204","lastModified":"2026-01-01T00:00:00Z"}}
            """;
        await using var server = await ScriptedServer.StartAsync((answer, path) => path switch
        {
            "_history" => Bundles.WriteAsync(answer, $"{{\"resourceType\":\"Bundle\",\"type\":\"history\",\"entry\":[{Version(1)},{deletion}]}}"),
            "Patient/_search" => Bundles.WriteAsync(answer, Bundles.SearchSet([Bundles.Patient("1", Bundles.Key.System, Bundles.Key.Value)])),
            _ => MisbehavingServerTests.Status(answer, 404),
        });
        await using var scripted = new OpenSource(server.BaseUrl);
        var changes = await ReadAsync((IChangeFeed)scripted.Connector, null);
        changes.Select(Told).Should().Equal("?WITHDRAWAL_UNATTRIBUTED Observation/9", "+Observation/1@1");
    }

    private static string Version(int number) =>
        $$$$"""
        {"fullUrl":"Observation/{{{{number}}}}","resource":{{{{Bundles.Observation($"{number}")[..^1]}}}},"meta":{"versionId":"1","lastUpdated":"2026-05-01T10:00:00Z"}},
        "request":{"method":"POST","url":"Observation"},"response":{"status":"201","lastModified":"2026-05-01T10:00:00Z"}}
        """;

    private static string Told(SourceChange change) => change switch
    {
        EntryChanged changed => $"+{changed.Entry.LocalId}@{changed.Entry.Version}",
        EntryWithdrawn withdrawn => $"-{withdrawn.LocalId}",
        ItemUnreadable unreadable => $"?{unreadable.Item.Code} {unreadable.Item.LocalId}",
        _ => throw new InvalidOperationException(),
    };

    private Task<List<SourceChange>> ReadAsync(string? cursor) => ReadAsync(Feed, cursor);

    private static async Task<List<SourceChange>> ReadAsync(IChangeFeed feed, string? cursor)
    {
        var changes = new List<SourceChange>();
        await foreach (var change in feed.ReadChangesAsync(cursor, CancellationToken.None))
            changes.Add(change);
        return changes;
    }

    private async Task PutAsync(string path, string resource)
    {
        using var body = new StringContent(resource, new MediaTypeHeaderValue("application/fhir+json"));
        (await http.PutAsync(picardie.BaseUrl + path, body)).EnsureSuccessStatusCode();
    }

    private async Task DeleteAsync(string path) => (await http.DeleteAsync(picardie.BaseUrl + path)).EnsureSuccessStatusCode();
}

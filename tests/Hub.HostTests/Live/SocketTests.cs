using System.Net.WebSockets;
using DmpFederation.Hub.Api.GraphQl.Transport.Live;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Migration.Slices;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DmpFederation.Hub.HostTests.Live;

/// <summary>The protocol <c>graphql-transport-ws</c> over real WebSockets.</summary>
public sealed class SocketTests
{
    [Fact]
    public async Task Progress_is_pushed_at_once_and_at_each_change_and_ends_when_the_client_says_so()
    {
        await using var host = await LiveHost.StartAsync();
        using var client = await host.ConnectAsync(host.National);
        await client.InitialiseAsync();
        await client.SubscribeAsync("1", LiveHost.Progress);
        Copied(await client.TakeAsync("next")).Should().Be(0);

        foreach (var patients in new[] { 10, 20, 100 })
        {
            host.Copy(patients);
            Copied(await client.TakeAsync("next")).Should().Be(patients);
        }
        host.Store.Change(host.Slice, static slice => slice with { State = MigrationState.Following });
        var last = await client.TakeAsync("next");
        last.GetProperty("id").GetString().Should().Be("1");
        last.GetProperty("payload").GetProperty("data").GetProperty("migrationProgress").GetProperty("state").GetString().Should().Be("FOLLOWING");

        await client.SendAsync(new { id = "1", type = "complete" });
        host.Copy(50);
        await client.SendAsync(new { type = "ping" });
        (await client.TakeAsync()).GetProperty("type").GetString().Should().Be("pong");
        // One line for the subscribing, none for what was told since.
        host.Audit.Records.Should().ContainSingle().Which.Action.Should().Be(AuditAction.MigrationWatched);
        await client.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await EndedAsync(host);
    }

    [Fact]
    public async Task The_token_may_come_with_connection_init_where_a_browser_sends_no_header()
    {
        await using var host = await LiveHost.StartAsync();
        foreach (var payload in new object[] { new { Authorization = $"Bearer {host.National}" }, new { token = host.National } })
        {
            using var client = await host.ConnectAsync();
            await client.InitialiseAsync(payload);
            await client.SubscribeAsync("q", "{ me { id role } }");
            (await client.TakeAsync()).ToString().Should().Contain("the-nationalOperator");
            (await client.TakeAsync()).GetProperty("type").GetString().Should().Be("complete");
        }
    }

    [Fact]
    public async Task Without_a_valid_token_the_connection_is_closed_and_a_refused_token_is_written_down()
    {
        await using var host = await LiveHost.StartAsync();
        using (var client = await host.ConnectAsync())
        {
            await client.SendAsync(new { type = "connection_init" });
            (await client.ClosedAsync()).Should().Be((4403, "Forbidden: UNAUTHENTICATED"));
        }
        host.Audit.Records.Should().BeEmpty();
        using (var client = await host.ConnectAsync())
        {
            await client.SendAsync(new { type = "connection_init", payload = new { token = "nonsense" } });
            (await client.ClosedAsync()).Code.Should().Be(4403);
        }
        host.Audit.Records.Should().ContainSingle().Which.Action.Should().Be(AuditAction.TokenRefused);
        var refused = () => host.ConnectAsync("nonsense");
        (await refused.Should().ThrowAsync<WebSocketException>()).Which.Message.Should().Contain("401");
    }

    [Fact]
    public async Task Queries_and_mutations_run_over_it_and_what_fails_before_it_runs_is_an_error_message()
    {
        await using var host = await LiveHost.StartAsync();
        using var client = await host.ConnectAsync(host.National);
        await client.InitialiseAsync();

        await client.SubscribeAsync("m", "mutation { pauseMigration(sourceId: \"north\") { state } }");
        (await client.TakeAsync()).ToString().Should().Contain("PAUSED");
        (await client.TakeAsync()).GetProperty("type").GetString().Should().Be("complete");
        await client.SubscribeAsync("m", "{ nothing }");
        var error = await client.TakeAsync();
        (error.GetProperty("type").GetString(), error.GetProperty("id").GetString()).Should().Be(("error", "m"));
        error.GetProperty("payload")[0].GetProperty("extensions").GetProperty("code").GetString().Should().Be("BAD_REQUEST");
        await client.SendAsync(new { id = "n", type = "subscribe", payload = new { query = 5 } });
        (await client.TakeAsync()).GetProperty("type").GetString().Should().Be("error");
    }

    [Fact]
    public async Task Who_may_not_see_a_migration_may_not_watch_it()
    {
        await using var host = await LiveHost.StartAsync();
        using var client = await host.ConnectAsync(host.Doctor);
        await client.InitialiseAsync();
        await client.SubscribeAsync("1", LiveHost.Progress);
        var error = await client.TakeAsync();
        error.GetProperty("type").GetString().Should().Be("error");
        error.GetProperty("payload")[0].GetProperty("extensions").ToString().Should().ContainAll("ACCESS_REFUSED", "ACC-155");
        host.Audit.Records.Should().ContainSingle().Which.Outcome.Should().Be(AuditOutcome.Refused);
    }

    [Theory]
    [InlineData("""{"id":"1","type":"subscribe","payload":{"query":"{ me { id } }"}}""", 4401)]
    [InlineData("""{"type":"nonsense"}""", 4400)]
    [InlineData("""{"type":5}""", 4400)]
    [InlineData("""[]""", 4400)]
    [InlineData("not json", 4400)]
    [InlineData("""{"type":"\ud800"}""", 4400)]
    public async Task What_the_protocol_does_not_know_closes_the_connection(string message, int code)
    {
        await using var host = await LiveHost.StartAsync();
        using var client = await host.ConnectAsync(host.National);
        await client.SendTextAsync(message);
        (await client.ClosedAsync()).Code.Should().Be(code);
        await EndedAsync(host);
    }

    [Theory]
    [InlineData("""{"type":"connection_init"}""", 4429)]
    [InlineData("""{"id":"","type":"subscribe","payload":{"query":"{ me { id } }"}}""", 4400)]
    [InlineData("""{"id":"2","type":"subscribe"}""", 4400)]
    [InlineData("""{"id":"1","type":"subscribe","payload":{"query":"{ me { id } }"}}""", 4409)]
    public async Task After_the_session_began_wrong_messages_have_codes_of_their_own(string message, int code)
    {
        await using var host = await LiveHost.StartAsync();
        using var client = await host.ConnectAsync(host.National);
        await client.InitialiseAsync();
        await client.SubscribeAsync("1", LiveHost.Progress);
        await client.TakeAsync("next");
        await client.SendTextAsync(message);
        (await client.ClosedAsync()).Code.Should().Be(code);
        await EndedAsync(host);
    }

    [Fact]
    public async Task A_client_that_speaks_another_protocol_or_says_nothing_or_too_much_is_closed()
    {
        await using var host = await LiveHost.StartAsync("--GraphQl:Live:InitTimeout=00:00:01", "--GraphQl:MaxBodyBytes=2000");
        using var other = await host.ConnectAsync(host.National, protocol: null);
        (await other.ClosedAsync()).Code.Should().Be(4406);
        using var silent = await host.ConnectAsync(host.National);
        (await silent.ClosedAsync()).Code.Should().Be(4408);
        using var loud = await host.ConnectAsync(host.National);
        await loud.SendTextAsync(new string(' ', 3_000));
        (await loud.ClosedAsync()).Code.Should().Be(1009);
    }

    [Fact]
    public async Task Operations_and_connections_are_bounded()
    {
        await using var host = await LiveHost.StartAsync("--GraphQl:Live:MaxOperations=2", "--GraphQl:Live:MaxConnections=1");
        using var client = await host.ConnectAsync(host.National);
        await client.InitialiseAsync();
        foreach (var id in new[] { "1", "2" })
        {
            await client.SubscribeAsync(id, LiveHost.Progress);
            await client.TakeAsync("next");
        }
        await client.SubscribeAsync("3", LiveHost.Progress);
        (await client.TakeAsync("error")).ToString().Should().ContainAll("QUERY_TOO_COSTLY", "OPERATIONS");
        var second = () => host.ConnectAsync(host.National);
        (await second.Should().ThrowAsync<WebSocketException>()).Which.Message.Should().Contain("503");
    }

    [Fact]
    public async Task When_the_token_expires_the_connection_is_closed()
    {
        await using var host = await LiveHost.StartAsync();
        using var client = await host.ConnectAsync(host.Ending(after: TimeSpan.FromSeconds(4)));
        await client.InitialiseAsync();
        await client.SubscribeAsync("1", LiveHost.Progress);
        (await client.ClosedAsync()).Should().Be((4403, "Forbidden: TOKEN_EXPIRED"));
        await EndedAsync(host);
    }

    [Fact]
    public async Task A_hub_that_stops_says_so_to_its_clients()
    {
        await using var host = await LiveHost.StartAsync();
        using var client = await host.ConnectAsync(host.National);
        await client.InitialiseAsync();
        await client.SubscribeAsync("1", LiveHost.Progress);
        await client.TakeAsync("next");

        var stopping = host.StopAsync();
        (await client.ClosedAsync()).Code.Should().Be(1001);
        await stopping.WaitAsync(TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_dropped_and_nothing_piles_up()
    {
        await using var host = await LiveHost.StartAsync("--GraphQl:Live:SendTimeout=00:00:01", "--GraphQl:Live:MaxOperations=1000");
        using var client = await host.ConnectAsync(host.National);
        await client.InitialiseAsync();
        // Answers of half a megabyte fill every buffer on the way; the client reads none of them.
        var wide = "{ " + string.Concat(Enumerable.Range(0, 900).Select(static index => $"a{index}: __typename ")) + "}";
        for (var index = 0; index < 900 && client.Socket.State == WebSocketState.Open; index++)
        {
            try
            {
                await client.SubscribeAsync($"{index}", wide);
            }
            catch (WebSocketException)
            {
                break; // dropped
            }
        }
        await EndedAsync(host);
    }

    private static long Copied(System.Text.Json.JsonElement next) =>
        next.GetProperty("payload").GetProperty("data").GetProperty("migrationProgress").GetProperty("copied").GetInt64();

    private static async Task EndedAsync(LiveHost host)
    {
        var connections = host.Services.GetRequiredService<LiveConnections>();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (connections.Open > 0)
            await Task.Delay(50, deadline.Token);
    }
}

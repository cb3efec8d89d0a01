using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using DmpFederation.Hub.Api.GraphQl.Transport.Live;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DmpFederation.Hub.HostTests.Live;

/// <summary>Server-sent events on <c>/graphql/stream</c>, as graphql-sse speaks them in distinct connections mode.</summary>
public sealed class EventStreamTests
{
    [Fact]
    public async Task Progress_comes_as_events_until_the_client_leaves()
    {
        await using var host = await LiveHost.StartAsync();
        using var client = new HttpClient { BaseAddress = host.Address };
        using (var response = await AskAsync(client, host.National, LiveHost.Progress))
        {
            response.StatusCode.Should().Be(HttpStatusCode.OK);
            response.Content.Headers.ContentType!.MediaType.Should().Be("text/event-stream");
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            Copied(await NextAsync(reader)).Should().Be(0);
            host.Copy(42);
            Copied(await NextAsync(reader)).Should().Be(42);
        }
        await EndedAsync(host);
    }

    [Fact]
    public async Task A_query_is_one_event_and_the_end_and_a_refusal_is_told_as_an_event_too()
    {
        await using var host = await LiveHost.StartAsync();
        using var client = new HttpClient { BaseAddress = host.Address };
        foreach (var (query, told) in new[] { ("{ me { role } }", "NATIONAL_OPERATOR"), ("{ nothing }", "BAD_REQUEST") })
        {
            using var response = await AskAsync(client, host.National, query);
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            (await NextAsync(reader)).Should().StartWith("next").And.Contain(told);
            (await NextAsync(reader)).Should().StartWith("complete");
            (await reader.ReadLineAsync()).Should().BeNull();
        }
    }

    [Fact]
    public async Task A_subscription_may_be_asked_for_with_GET_and_a_mutation_may_not()
    {
        await using var host = await LiveHost.StartAsync();
        using var client = new HttpClient { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", host.National);
        client.DefaultRequestHeaders.Accept.ParseAdd("text/event-stream");

        using (var response = await client.GetAsync(Url(LiveHost.Progress), HttpCompletionOption.ResponseHeadersRead))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            Copied(await NextAsync(reader)).Should().Be(0);
        }
        using var refused = await client.GetAsync(Url("mutation { pauseMigration(sourceId: \"north\") { state } }"));
        (await refused.Content.ReadAsStringAsync()).Should().Contain("METHOD");
    }

    [Fact]
    public async Task Without_a_token_or_an_acceptable_type_it_is_refused_by_status()
    {
        await using var host = await LiveHost.StartAsync();
        using var client = new HttpClient { BaseAddress = host.Address };
        using (var response = await AskAsync(client, null, LiveHost.Progress))
            response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        using (var response = await AskAsync(client, host.National, LiveHost.Progress, accept: "text/html"))
            response.StatusCode.Should().Be(HttpStatusCode.NotAcceptable);
        using (var response = await client.DeleteAsync("/graphql/stream"))
            response.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task It_ends_whole_when_the_token_expires_and_when_the_hub_stops()
    {
        await using var host = await LiveHost.StartAsync();
        using var client = new HttpClient { BaseAddress = host.Address };
        using (var response = await AskAsync(client, host.Ending(after: TimeSpan.FromSeconds(4)), LiveHost.Progress))
            (await response.Content.ReadAsStringAsync()).Should().EndWith("event: complete\ndata: \n\n");

        using var open = await AskAsync(client, host.National, LiveHost.Progress);
        using var reader = new StreamReader(await open.Content.ReadAsStreamAsync());
        await NextAsync(reader);
        var stopping = host.StopAsync();
        (await reader.ReadToEndAsync()).Should().EndWith("event: complete\ndata: \n\n");
        await stopping.WaitAsync(TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task A_quiet_stream_shows_that_it_lives()
    {
        await using var host = await LiveHost.StartAsync("--GraphQl:Live:KeepAlive=00:00:01");
        using var client = new HttpClient { BaseAddress = host.Address };
        using var response = await AskAsync(client, host.National, LiveHost.Progress);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        await NextAsync(reader);
        (await reader.ReadLineAsync()).Should().Be(":");
    }

    private static string Url(string query) => $"/graphql/stream?query={Uri.EscapeDataString(query)}";

    private static Task<HttpResponseMessage> AskAsync(HttpClient client, string? token, string query, string accept = "text/event-stream")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/graphql/stream") { Content = JsonContent.Create(new { query }) };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.ParseAdd(accept);
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The next event, as its name and its data.</summary>
    private static async Task<string> NextAsync(StreamReader reader)
    {
        string? name = null;
        while (true)
        {
            var line = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
            line.Should().NotBeNull("the stream has not ended");
            if (line!.StartsWith("event: ", StringComparison.Ordinal))
                name = line["event: ".Length..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                await reader.ReadLineAsync(); // the empty line that ends the event
                return $"{name} {line["data: ".Length..]}";
            }
        }
    }

    private static long Copied(string next)
    {
        using var json = JsonDocument.Parse(next["next ".Length..]);
        return json.RootElement.GetProperty("data").GetProperty("migrationProgress").GetProperty("copied").GetInt64();
    }

    private static async Task EndedAsync(LiveHost host)
    {
        var connections = host.Services.GetRequiredService<LiveConnections>();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (connections.Open > 0)
            await Task.Delay(50, deadline.Token);
    }
}

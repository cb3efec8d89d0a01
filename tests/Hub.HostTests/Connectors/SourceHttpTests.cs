using System.IO.Compression;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Connectors.Registry;
using DmpFederation.Sdk;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace DmpFederation.Hub.HostTests.Connectors;

public sealed class SourceHttpTests : IAsyncLifetime
{
    private const int Limit = 4096;

    private readonly HttpClient client = SourceHttp.Create(new SourceBudget { MaxBytes = Limit }, "1.0.0");
    private WebApplication legacy = null!;
    private string address = "";

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        legacy = builder.Build();
        legacy.Urls.Add("http://127.0.0.1:0");
        legacy.MapGet("/bytes/{count:int}", (int count) => Results.Bytes(new byte[count]));
        legacy.MapGet("/chunks", async (HttpContext context) =>
        {
            for (var at = 0; at < 100; at++)
                await context.Response.Body.WriteAsync(new byte[1024], context.RequestAborted);
        });
        legacy.MapGet("/bomb", async (HttpContext context) =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var zip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await zip.WriteAsync(new byte[1 << 20], context.RequestAborted);
        });
        legacy.MapGet("/elsewhere", () => Results.Redirect("/bytes/1"));
        legacy.MapGet("/cookie", (HttpContext context) =>
        {
            var seen = context.Request.Headers.Cookie.Count;
            context.Response.Headers.SetCookie = "session=1";
            return seen;
        });
        await legacy.StartAsync();
        address = legacy.Urls.Single();
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await legacy.DisposeAsync();
    }

    [Fact]
    public async Task A_body_within_the_budget_arrives_whole_with_its_headers()
    {
        using var response = await client.GetAsync($"{address}/bytes/{Limit}");

        (await response.Content.ReadAsByteArrayAsync()).Should().HaveCount(Limit);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/octet-stream");
    }

    [Theory]
    [InlineData("/bytes/4097", HttpCompletionOption.ResponseContentRead)]
    [InlineData("/bytes/4097", HttpCompletionOption.ResponseHeadersRead)]
    [InlineData("/chunks", HttpCompletionOption.ResponseContentRead)]
    [InlineData("/chunks", HttpCompletionOption.ResponseHeadersRead)]
    [InlineData("/bomb", HttpCompletionOption.ResponseContentRead)]
    [InlineData("/bomb", HttpCompletionOption.ResponseHeadersRead)]
    public async Task A_larger_body_ends_with_TOO_LARGE_counted_after_decompression(string path, HttpCompletionOption completion)
    {
        var reading = async () =>
        {
            using var response = await client.GetAsync(address + path, completion);
            await using var body = await response.Content.ReadAsStreamAsync();
            await body.CopyToAsync(Stream.Null);
        };

        (await reading.Should().ThrowAsync<SourceFaultException>()).Which.Code.Should().Be("TOO_LARGE");
    }

    [Fact]
    public async Task Redirects_are_shown_and_not_followed_and_cookies_are_not_kept()
    {
        using var redirect = await client.GetAsync($"{address}/elsewhere");
        ((int)redirect.StatusCode).Should().Be(302);
        redirect.Headers.Location.Should().NotBeNull();

        await client.GetStringAsync($"{address}/cookie");
        (await client.GetStringAsync($"{address}/cookie")).Should().Be("0");
    }
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DmpFederation.Sdk.Conformance.Legacies;

/// <summary>An HTTP server on a free loopback port.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromMilliseconds(100);

    private readonly WebApplication server;
    private int disposed;

    private LoopbackServer(WebApplication server)
    {
        this.server = server;
        Address = server.Urls.First();
    }

    /// <summary><c>http://127.0.0.1:port</c>, without a slash at the end.</summary>
    public string Address { get; }

    public static async Task<LoopbackServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0);
            options.Limits.MinResponseDataRate = null;
            options.AddServerHeader = false;
        });
        // The process belongs to whoever runs the kit: its signals are not this server's.
        builder.Services.AddSingleton<IHostLifetime, Bystander>();
        var server = builder.Build();
        server.Run(answer);
        await server.StartAsync();
        return new LoopbackServer(server);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;
        // Requests that are kept waiting never end by themselves.
        using var soon = new CancellationTokenSource(LongestStop);
        await server.StopAsync(soon.Token);
        await server.DisposeAsync();
    }

    private sealed class Bystander : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

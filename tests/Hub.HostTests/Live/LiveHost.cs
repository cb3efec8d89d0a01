using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using DmpFederation.Hub.Api;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.HostTests.Api;
using DmpFederation.Hub.Migration.Orders;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.TestKit;
using DmpFederation.TestKit.Api;
using DmpFederation.TestKit.Migration;
using FluentAssertions;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DmpFederation.Hub.HostTests.Live;

/// <summary>The API on real Kestrel with one migration that has begun, for connections that stay open.</summary>
internal sealed class LiveHost : IAsyncDisposable
{
    public const string Progress = "subscription { migrationProgress(sourceId: \"north\") { sourceId state copied total slices { id state copied } } }";

    private readonly TokenIssuer issuer = new();
    private readonly WebApplication app;

    private LiveHost(string[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production", Args = settings });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IAuditTrail>(Audit);
        builder.Services.AddMigrationsOver(Store, new ObedientDirector(Store));
        builder.Services.AddApiOver(
            builder.Configuration, new FakeDossiers(), new FixedSources(FixedSources.Source("north") with { Region = "hauts-de-france" }));
        builder.Services.Configure<JwtBearerOptions>(
            JwtBearerDefaults.AuthenticationScheme, bearer => bearer.Configuration = issuer.Configuration);
        app = builder.Build();
        app.MapApi();
    }

    public HeldMigrations Store { get; } = new();

    public RecordingAuditTrail Audit { get; } = new();

    public Uri Address => new(app.Urls.Single());

    public string National => issuer.Steward("nationalOperator");

    public string Doctor => issuer.Token();

    public SliceId Slice { get; } = new("north", "all", "all");

    public IServiceProvider Services => app.Services;

    /// <param name="settings">As on a command line.</param>
    public static async Task<LiveHost> StartAsync(params string[] settings)
    {
        var host = new LiveHost(settings);
        await host.Store.BeginAsync(new PlanDraft("north").ToPlan().Plan!, new LegacyLoad(), new StepNote("test", null, null), default);
        host.Store.Change(host.Slice, static slice => slice with { State = MigrationState.Copying, Total = 100 });
        await host.app.StartAsync();
        return host;
    }

    /// <summary>A national operator's token that ends after a time.</summary>
    public string Ending(TimeSpan after) => issuer.Token(descriptor =>
    {
        descriptor.Claims = new Dictionary<string, object> { ["sub"] = "national", ["role"] = "nationalOperator" };
        // The hub allows for clocks that differ; what it says of the end is the token's own.
        descriptor.Expires = TimeProvider.System.GetUtcNow().UtcDateTime + after;
    });

    public void Copy(long patients) => Store.Change(Slice, slice => slice with { Copied = patients });

    public Task StopAsync() => app.StopAsync();

    /// <param name="token">Goes into the header; null for none.</param>
    /// <param name="protocol">Sub-protocol asked for; null for none.</param>
    public async Task<LiveClient> ConnectAsync(string? token = null, string? protocol = "graphql-transport-ws")
    {
        var socket = new ClientWebSocket();
        if (protocol is not null)
            socket.Options.AddSubProtocol(protocol);
        if (token is not null)
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        await socket.ConnectAsync(new UriBuilder(Address) { Scheme = "ws", Path = "/graphql" }.Uri, CancellationToken.None);
        return new LiveClient(socket);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}

/// <summary>A client of the WebSocket: sends and takes messages, waiting generously.</summary>
internal sealed class LiveClient(ClientWebSocket socket) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public WebSocket Socket => socket;

    public Task SendAsync(object message) => SendTextAsync(JsonSerializer.Serialize(message));

    public async Task SendTextAsync(string message)
    {
        using var deadline = new CancellationTokenSource(Patience);
        await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, deadline.Token);
    }

    public async Task InitialiseAsync(object? payload = null)
    {
        await SendAsync(payload is null ? new { type = "connection_init" } : new { type = "connection_init", payload });
        (await TakeAsync()).GetProperty("type").GetString().Should().Be("connection_ack");
    }

    public Task SubscribeAsync(string id, string query) => SendAsync(new { id, type = "subscribe", payload = new { query } });

    /// <summary>The next message.</summary>
    public async Task<JsonElement> TakeAsync() =>
        await NextAsync() ?? throw new InvalidOperationException($"Closed with {socket.CloseStatus} {socket.CloseStatusDescription}.");

    /// <summary>Takes messages until one is of a type.</summary>
    public async Task<JsonElement> TakeAsync(string type)
    {
        while (true)
        {
            var message = await TakeAsync();
            if (message.GetProperty("type").GetString() == type)
                return message;
        }
    }

    /// <summary>Takes whatever comes until the hub closes, and closes too; the hub's close code.</summary>
    public async Task<(int Code, string? Reason)> ClosedAsync()
    {
        while (await NextAsync() is not null)
        {
        }
        if (socket.State == WebSocketState.CloseReceived)
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        return ((int)socket.CloseStatus!.Value, socket.CloseStatusDescription);
    }

    private async Task<JsonElement?> NextAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        var buffer = new byte[1 << 16];
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), deadline.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            length += part.Count;
            if (part.EndOfMessage)
            {
                using var json = JsonDocument.Parse(buffer.AsMemory(0, length));
                return json.RootElement.Clone();
            }
        }
    }

    public void Dispose() => socket.Dispose();
}

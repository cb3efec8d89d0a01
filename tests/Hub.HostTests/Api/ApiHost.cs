using System.Collections.Concurrent;
using System.Text;
using DmpFederation.Hub.Api;
using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;
using DmpFederation.TestKit.Api;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace DmpFederation.Hub.HostTests.Api;

/// <summary>The API on real Kestrel over a fake federation, with an issuer of its own. Shared by the tests of a class, never its patients.</summary>
public sealed class ApiHost : IAsyncLifetime
{
    public const string Issuer = TokenIssuer.Issuer;
    public const string Ins = "279035121518989";

    private readonly TokenIssuer issuer = new();
    private WebApplication? app;

    internal FakeDossiers Dossiers { get; } = new();

    /// <summary>Everything the host logged, at every level it lets through.</summary>
    public ConcurrentQueue<string> Logged { get; } = [];

    public Uri Address => new(app!.Urls.Single());

    public HttpClient Client { get; private set; } = new();

    public IServiceProvider Services => app!.Services;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(new Recorder(Logged));
        builder.Services.AddApiOver(
            builder.Configuration, Dossiers, new FixedSources(FixedSources.Source("north"), FixedSources.Source("south")));
        builder.Services.Configure<JwtBearerOptions>(
            JwtBearerDefaults.AuthenticationScheme, bearer => bearer.Configuration = issuer.Configuration);
        app = builder.Build();
        app.MapApi();
        await app.StartAsync();
        Client = new HttpClient { BaseAddress = Address };
        Client.DefaultRequestHeaders.Add("Authorization", $"Bearer {Token()}");
        Dossiers.Answer = static ins => FakeDossiers.Dossier(
            ins,
            AFact.Of("f1", "2009-03-12", code: new Coding("http://loinc.org", "4548-4", "HbA1c")),
            AFact.Of("f2", "2008", EntryCategory.Medication, "south")) with
        {
            Sources = [FakeDossiers.Source("north", SourceStatus.Answered), FakeDossiers.Source("south", SourceStatus.TimedOut, "DEADLINE")],
        };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        if (app is not null)
            await app.DisposeAsync();
    }

    /// <summary>A doctor's token, with what the test wants changed.</summary>
    public string Token(Action<SecurityTokenDescriptor>? change = null) => issuer.Token(change);

    public Task<HttpResponseMessage> PostAsync(string json, string? accept = null, string? token = null, string contentType = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(json, Encoding.UTF8, contentType) };
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", token);
        return Client.SendAsync(request);
    }

    private sealed class Recorder(ConcurrentQueue<string> lines) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Line(categoryName, lines);

        public void Dispose() => GC.SuppressFinalize(this);

        private sealed class Line(string category, ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull
            {
                lines.Enqueue($"scope {state}");
                return null;
            }

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Enqueue($"{category} {logLevel} {formatter(state, exception)} {exception}");
        }
    }
}

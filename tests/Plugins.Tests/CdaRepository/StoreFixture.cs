using System.Security.Cryptography;
using System.Text;
using DmpFederation.Sdk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DmpFederation.Plugins.CdaRepository.Tests;

/// <summary>A store on a real port whose faults a test chooses: one handler per path.</summary>
internal sealed class StoreFixture : IAsyncDisposable
{
    internal static readonly PatientKey Patient = new(PatientKeySystems.InsC, "0002150957680422124234");

    private readonly WebApplication app;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    private StoreFixture(WebApplication app) => this.app = app;

    internal ISourceConnector Connector { get; private set; } = null!;

    internal static async Task<StoreFixture> StartAsync(RequestDelegate index, params (string Id, RequestDelegate Answer)[] documents)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/store/health", () => Results.Ok());
        app.MapGet("/store/index", index);
        foreach (var (id, answer) in documents)
            app.MapGet($"/store/documents/{id}", answer);
        await app.StartAsync();
        var fixture = new StoreFixture(app);
        fixture.Connector = new CdaRepositoryPlugin().Open(new SourceContext
        {
            SourceId = "franche-comte",
            Settings = new SourceSettings(new Dictionary<string, string> { ["baseUrl"] = $"{app.Urls.First()}/store" }),
            Http = fixture.http,
            Clock = TimeProvider.System,
            PatientKeySystems = [PatientKeySystems.InsC],
            StateFolder = Path.GetTempPath(),
        });
        return fixture;
    }

    internal static RequestDelegate Index(params string[] lines) => Text($"<documents xmlns=\"urn:franche-comte:index:2009\">{string.Concat(lines)}</documents>");

    internal static string Line(string id, byte[]? file = null, string status = "Approved", string? path = null, string? extra = null) => $"""
        <document entryUUID="urn:uuid:6f1b3a0e-0000-4000-8000-000000000001"><uniqueId>{id}</uniqueId><version>1</version><title>Titre de l'index</title>
        <typeCode code="11502-2" codeSystem="2.16.840.1.113883.6.1" displayName="CR d'examens biologiques"/><creationTime>20090312101500+0100</creationTime>
        <mimeType>text/xml</mimeType><availabilityStatus>urn:oasis:names:tc:ebxml-regrep:StatusType:{status}</availabilityStatus>
        <confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/><confidentialityCode code="MASQUE_PS" codeSystem="1.2.250.1.213.1.1.4.13"/>
        {(file is null ? "" : $"<hash>{Convert.ToHexString(SHA1.HashData(file))}</hash>")}<path>{path ?? $"documents/{id}"}</path>{extra}</document>
        """;

    internal static RequestDelegate Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    internal static RequestDelegate Bytes(byte[] bytes) => async context =>
    {
        context.Response.ContentType = "text/xml";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    };

    internal static RequestDelegate Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    internal static RequestDelegate Redirect(string target) => context =>
    {
        context.Response.Redirect(target);
        return Task.CompletedTask;
    };

    internal static async Task HangsAsync(HttpContext context) => await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);

    /// <summary>Announces more bytes than it sends.</summary>
    internal static async Task TruncatesAsync(HttpContext context)
    {
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("<ClinicalDocument", context.RequestAborted);
        context.Abort();
    }

    /// <summary>What is read, but for whom the documents name (<see cref="FindAsync"/>).</summary>
    internal async Task<List<ReadItem>> ReadAsync(CancellationToken cancellationToken = default) =>
        await Connector.ReadAsync(new ReadRequest([new PatientQuery(Patient)]), cancellationToken)
            .Where(item => item is not PatientFound).ToListAsync(cancellationToken);

    /// <summary>Whom the documents name.</summary>
    internal async Task<List<PatientFound>> FindAsync() =>
        await Connector.ReadAsync(new ReadRequest([new PatientQuery(Patient)]), CancellationToken.None).OfType<PatientFound>().ToListAsync();

    public async ValueTask DisposeAsync()
    {
        await Connector.DisposeAsync();
        http.Dispose();
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }
}

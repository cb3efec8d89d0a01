using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace DmpFederation.Hub.HostTests.Drills;

/// <summary>Stands between the hub and a real legacy server, over real HTTP, and spoils the answers as told.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private const int HugeBytes = 200 * 1024 * 1024;
    private const int BombBytes = 1024 * 1024 * 1024;

    private static readonly Lazy<byte[]> FoldedBomb = new(Fold);

    private readonly HttpClient legacy = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
    });

    private readonly WebApplication server;
    private readonly Uri upstream;
    private readonly CancellationTokenSource ended = new();
    private int requests;

    private FaultProxy(WebApplication server, Uri upstream)
    {
        this.server = server;
        this.upstream = upstream;
    }

    public Fault Fault { get; set; }

    /// <summary>Health requests pass even then, so that the hub's state of the source does not hide the fault.</summary>
    public string HealthPath { get; init; } = "/health";

    /// <summary>Only requests of this path meet the fault; null for all.</summary>
    public string? FaultyPath { get; set; }

    /// <summary>Texts put in place of others in what is asked: how another patient is asked for.</summary>
    public IReadOnlyList<(string Own, string Other)> Swaps { get; set; } = [];

    /// <summary>Where <see cref="Fault.Redirects"/> sends the hub.</summary>
    public Uri? Elsewhere { get; set; }

    public string Origin => server.Urls.Single();

    public static async Task<FaultProxy> StartAsync(string upstream, string healthPath)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Limits.MinResponseDataRate = null);
        var app = builder.Build();
        var proxy = new FaultProxy(app, new Uri(upstream)) { HealthPath = healthPath };
        app.Run(proxy.AnswerAsync);
        await app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await server.StopAsync(now.Token);
        await server.DisposeAsync();
        legacy.Dispose();
        ended.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, ended.Token);
        var gone = either.Token;
        var fault = http.Request.Path == HealthPath || (FaultyPath is { } faulty && http.Request.Path != faulty) ? Fault.None : Fault;
        try
        {
            switch (fault)
            {
                case Fault.Dies:
                    http.Abort();
                    break;
                case Fault.Unavailable:
                    http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                    break;
                case Fault.Hangs:
                    await Task.Delay(Timeout.Infinite, gone);
                    break;
                case Fault.Redirects:
                    http.Response.Redirect(new Uri(Elsewhere!, http.Request.Path.Value).ToString());
                    break;
                case Fault.FailsOneInThree when Interlocked.Increment(ref requests) % 3 == 0:
                    http.Response.StatusCode = StatusCodes.Status500InternalServerError;
                    break;
                default:
                    await PassAsync(http, fault, gone);
                    break;
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The hub has given up, which is what the drill is about.
            http.Abort();
        }
    }

    private async Task PassAsync(HttpContext http, Fault fault, CancellationToken gone)
    {
        using var question = await QuestionAsync(http.Request, fault, gone);
        using var answer = await legacy.SendAsync(question, gone);
        var body = await answer.Content.ReadAsByteArrayAsync(gone);
        if (fault == Fault.LosesAnswer)
        {
            http.Abort();
            return;
        }
        if (fault == Fault.KeepsAnswer)
            await Task.Delay(Timeout.Infinite, gone);
        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        if (fault == Fault.FutureClock)
            http.Response.Headers.Date = TimeProvider.System.GetUtcNow().AddYears(10).ToString("r");
        switch (fault)
        {
            case Fault.Drips:
                await DripAsync(http.Response, body, gone);
                break;
            case Fault.Garbage:
                await http.Response.Body.WriteAsync(Garbage.Bytes(Math.Max(body.Length, 4096)), gone);
                break;
            case Fault.Truncated:
                await http.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), gone);
                break;
            case Fault.Huge:
                await FloodAsync(http.Response, body, gone);
                break;
            case Fault.Bomb:
                http.Response.Headers.ContentEncoding = "gzip";
                await http.Response.Body.WriteAsync(FoldedBomb.Value, gone);
                break;
            default:
                await http.Response.Body.WriteAsync(body, gone);
                break;
        }
    }

    private async Task<HttpRequestMessage> QuestionAsync(HttpRequest asked, Fault fault, CancellationToken gone)
    {
        var target = asked.Path.Value + asked.QueryString.Value;
        using var body = new MemoryStream();
        await asked.Body.CopyToAsync(body, gone);
        var bytes = body.ToArray();
        if (fault == Fault.AnotherPatient)
        {
            foreach (var (own, other) in Swaps)
            {
                target = target.Replace(own, other, StringComparison.Ordinal);
                bytes = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace(own, other, StringComparison.Ordinal));
            }
        }
        var question = new HttpRequestMessage(new HttpMethod(asked.Method), new Uri(upstream, target));
        question.Headers.Host = asked.Host.Value;
        if (bytes.Length > 0)
            question.Content = new ByteArrayContent(bytes);
        foreach (var header in asked.Headers.Where(static header => header.Key is not ("Host" or "Content-Length" or "Accept-Encoding")))
        {
            if (!question.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable()))
                question.Content?.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable());
        }
        return question;
    }

    private static async Task DripAsync(HttpResponse response, byte[] body, CancellationToken gone)
    {
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
        for (var at = 0; at < body.Length; at += 16)
        {
            await response.Body.WriteAsync(body.AsMemory(at, Math.Min(16, body.Length - at)), gone);
            await response.Body.FlushAsync(gone);
            await Task.Delay(100, gone);
        }
    }

    private static async Task FloodAsync(HttpResponse response, byte[] body, CancellationToken gone)
    {
        await response.Body.WriteAsync(body, gone);
        var blank = new byte[1024 * 1024];
        blank.AsSpan().Fill((byte)' ');
        for (var sent = 0; sent < HugeBytes; sent += blank.Length)
            await response.Body.WriteAsync(blank, gone);
    }

    private static byte[] Fold()
    {
        using var folded = new MemoryStream();
        using (var gzip = new GZipStream(folded, CompressionLevel.Optimal))
        {
            var blank = new byte[1024 * 1024];
            for (var written = 0; written < BombBytes; written += blank.Length)
                gzip.Write(blank);
        }
        return folded.ToArray();
    }
}

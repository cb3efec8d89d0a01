using System.Collections.Concurrent;
using System.Text;
using DmpFederation.Sdk.Conformance.Fixtures;
using Microsoft.AspNetCore.Http;

namespace DmpFederation.Sdk.Conformance.Legacies;

/// <summary>A legacy that answers recorded exchanges over HTTP.</summary>
internal sealed class HttpLegacy : RunningLegacy
{
    private const int EndlessPiece = 64 * 1024;

    private readonly Fixture fixture;
    private readonly string folder;
    private readonly ConcurrentQueue<string> unanswered = [];
    private LoopbackServer server = null!;
    private LoopbackServer? elsewhere;
    private volatile IReadOnlyList<ExchangeFixture> exchanges;
    private volatile string? broken;
    private int contacts;
    private int contactsElsewhere;

    private HttpLegacy(Fixture fixture, string folder)
    {
        this.fixture = fixture;
        this.folder = folder;
        exchanges = fixture.Legacy.Exchanges;
    }

    public override int? Contacts => Volatile.Read(ref contacts);

    public override int ContactsElsewhere => Volatile.Read(ref contactsElsewhere);

    public override IReadOnlyList<string> Unanswered => [.. unanswered.Distinct()];

    public static async Task<HttpLegacy> StartAsync(Fixture fixture, string folder)
    {
        var legacy = new HttpLegacy(fixture, folder);
        legacy.server = await LoopbackServer.StartAsync(legacy.AnswerAsync);
        return legacy;
    }

    public override string Fill(string setting) => setting.Replace("{http}", server.Address, StringComparison.Ordinal);

    public override Task ApplyAsync(LegacyStepFixture step)
    {
        exchanges = [.. step.Exchanges, .. exchanges];
        return Task.CompletedTask;
    }

    public override async Task BreakAsync(string fault)
    {
        if (fault == LegacyFaults.Redirect)
        {
            elsewhere = await LoopbackServer.StartAsync(_ =>
            {
                Interlocked.Increment(ref contactsElsewhere);
                return Task.CompletedTask;
            });
        }
        broken = fault;
        if (fault == LegacyFaults.Away)
            await server.DisposeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        if (elsewhere is not null)
            await elsewhere.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref contacts);
        var request = await RecordedRequest.ReadAsync(context.Request);
        var exchange = exchanges.FirstOrDefault(request.Matches);
        if (exchange is null)
            unanswered.Enqueue(request.ToString());
        var answer = context.Response;
        switch (broken)
        {
            case LegacyFaults.ErrorStatus or LegacyFaults.Refused:
                answer.StatusCode = broken == LegacyFaults.Refused ? 401 : 500;
                await answer.WriteAsync(Babble(fixture), context.RequestAborted);
                return;
            case LegacyFaults.Redirect:
                answer.StatusCode = 302;
                answer.Headers.Location = elsewhere!.Address + context.Request.Path + context.Request.QueryString;
                return;
            case LegacyFaults.Hang:
                KeepsSilent();
                await SilenceAsync(context);
                return;
        }
        if (exchange is null)
        {
            answer.StatusCode = 404;
            return;
        }
        answer.StatusCode = exchange.Status;
        var (body, contentType) = await BodyAsync(exchange);
        answer.ContentType = contentType;
        foreach (var (name, value) in exchange.Headers)
            answer.Headers[name] = Fill(value);
        await SendAsync(context, broken == LegacyFaults.Garbage ? Encoding.UTF8.GetBytes(Babble(fixture)) : body);
    }

    private async Task SendAsync(HttpContext context, byte[] body)
    {
        var answer = context.Response;
        if (broken is not (LegacyFaults.Truncated or LegacyFaults.Stall or LegacyFaults.Endless))
        {
            if (answer.StatusCode is not (204 or 304))
                await answer.Body.WriteAsync(body, context.RequestAborted);
            return;
        }
        if (broken == LegacyFaults.Truncated && body.Length > 0)
            answer.ContentLength = body.Length;
        await answer.Body.WriteAsync(body.AsMemory(0, body.Length / 2), context.RequestAborted);
        await answer.Body.FlushAsync(context.RequestAborted);
        if (broken == LegacyFaults.Endless)
        {
            var blanks = new byte[EndlessPiece];
            Array.Fill(blanks, (byte)' ');
            while (!context.RequestAborted.IsCancellationRequested)
                await answer.Body.WriteAsync(blanks, context.RequestAborted);
        }
        else if (broken == LegacyFaults.Stall)
        {
            KeepsSilent();
            await SilenceAsync(context);
        }
        context.Abort();
    }

    private static Task SilenceAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        context.RequestAborted.Register(gone.SetResult);
        return gone.Task;
    }

    private async Task<(byte[] Body, string ContentType)> BodyAsync(ExchangeFixture exchange)
    {
        if (exchange.Json is { } json)
            return (Filled(Encoding.UTF8.GetBytes(json.GetRawText())), "application/json");
        if (exchange.Text is { } text)
            return (Filled(Encoding.UTF8.GetBytes(text)), "text/plain; charset=utf-8");
        if (exchange.Body is not { } file)
            return ([], "application/octet-stream");
        var contentType = Path.GetExtension(file).ToUpperInvariant() switch
        {
            ".JSON" => "application/json",
            ".XML" => "text/xml",
            ".TXT" => "text/plain",
            _ => "application/octet-stream",
        };
        return (Filled(await File.ReadAllBytesAsync(Path.Combine(folder, file))), contentType);
    }

    /// <summary>Byte by byte, so that a body in any encoding, or none, stays what it is.</summary>
    private byte[] Filled(byte[] body)
    {
        if (body.AsSpan().IndexOf("{http}"u8) < 0)
            return body;
        return Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(body).Replace("{http}", server.Address, StringComparison.Ordinal));
    }
}

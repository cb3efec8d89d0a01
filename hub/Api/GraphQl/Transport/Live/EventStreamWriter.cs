using System.Buffers;

namespace DmpFederation.Hub.Api.GraphQl.Transport.Live;

/// <summary>Writes events whole, one after the other, and waits until the client took them, but not for ever.</summary>
internal sealed class EventStreamWriter(HttpContext context, LiveOptions options) : IDisposable
{
    private static readonly byte[] Alive = ":\n\n"u8.ToArray();

    private readonly SemaphoreSlim writing = new(1);

    /// <exception cref="SlowClientException">The client did not take it in time.</exception>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public async Task WriteAsync(params ReadOnlyMemory<byte>[] parts)
    {
        await writing.WaitAsync(context.RequestAborted);
        try
        {
            foreach (var part in parts)
                context.Response.BodyWriter.Write(part.Span);
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            deadline.CancelAfter(options.SendTimeout);
            await context.Response.BodyWriter.FlushAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new SlowClientException();
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Comments keep proxies from closing a quiet stream, and find a client that is gone. Ends by itself.</summary>
    public async Task BeatAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(options.KeepAlive, clock);
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await WriteAsync(Alive);
        }
        catch (OperationCanceledException)
        {
            // The stream ends.
        }
        catch (SlowClientException)
        {
            context.Abort();
        }
    }

    public void Dispose() => writing.Dispose();
}

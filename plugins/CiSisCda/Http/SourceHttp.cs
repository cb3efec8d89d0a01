using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Http;

/// <summary>Asks a source over HTTP and tells what went wrong by code: no message of the source or of the framework goes further.</summary>
internal static class SourceHttp
{
    internal static async Task<HttpResponseMessage> GetAsync(HttpClient http, Uri target, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        return await SendAsync(http, request, cancellationToken);
    }

    /// <summary>Posts a form: what it says stays out of addresses, and so out of access logs.</summary>
    internal static async Task<HttpResponseMessage> PostAsync(
        HttpClient http, Uri target, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new FormUrlEncodedContent(form) };
        return await SendAsync(http, request, cancellationToken);
    }

    /// <summary>Throws the coded fault of an answer that is no success.</summary>
    internal static void Accept(HttpResponseMessage answer)
    {
        if (answer.IsSuccessStatusCode)
            return;
        throw new SourceFaultException((int)answer.StatusCode switch
        {
            >= 300 and < 400 => SourceFaultCodes.ForeignLink,
            401 or 403 => SourceFaultCodes.Refused,
            _ => SourceFaultCodes.ErrorStatus,
        });
    }

    /// <summary>The body, read as it arrives and never beyond the bound.</summary>
    internal static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpResponseMessage answer, int limit, CancellationToken cancellationToken)
    {
        if (answer.Content.Headers.ContentLength > limit)
            throw new SourceFaultException(SourceFaultCodes.TooLarge);
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[(int)Math.Clamp(answer.Content.Headers.ContentLength ?? 0, 16 * 1024, limit)];
            var length = 0;
            while (true)
            {
                if (length == buffer.Length)
                {
                    // One byte more than announced, or the end.
                    var more = new byte[1];
                    if (await stream.ReadAsync(more, cancellationToken) == 0)
                        break;
                    if (length == limit)
                        throw new SourceFaultException(SourceFaultCodes.TooLarge);
                    Array.Resize(ref buffer, (int)Math.Min((long)buffer.Length * 2, limit));
                    buffer[length++] = more[0];
                    continue;
                }
                var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
                if (read == 0)
                    break;
                length += read;
            }
            return buffer.AsMemory(0, length);
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
            throw new SourceFaultException(SourceFaultCodes.Unreachable);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SourceFaultException(SourceFaultCodes.Unreachable);
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException)
        {
            throw new SourceFaultException(SourceFaultCodes.Unreachable);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SourceFaultException(SourceFaultCodes.Unreachable);
        }
    }
}

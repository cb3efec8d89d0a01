using System.Net.Http.Headers;
using System.Text;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>
/// Speaks HTTP with one FHIR server: requests, statuses, bounded bodies, and the rule that nothing is fetched from another origin. Faults are
/// values here; only the cancellation of the caller is thrown.
/// </summary>
internal sealed class FhirEndpoint(HttpClient http, FhirServerSettings settings)
{
    private const string FhirJson = "application/fhir+json";

    public Uri BaseUrl => settings.BaseUrl;

    /// <summary>System of the server's own patient ids: a patient without any identifier is asked for by it.</summary>
    public string RecordSystem { get; } = settings.BaseUrl.AbsoluteUri + "Patient";

    /// <summary>Searches one type. By POST the parameters travel in the body, where access logs do not see them (FHIR R4, RESTful API).</summary>
    public Task<FhirAnswer> SearchAsync(string type, IReadOnlyList<KeyValuePair<string, string>> parameters, CancellationToken cancellationToken)
    {
        if (!settings.SearchesByPost)
            return GetAsync(type + "?" + Encoded(parameters), cancellationToken);
        var request = Request(HttpMethod.Post, new Uri(BaseUrl, type + "/_search"));
        request.Content = new StringContent(Encoded(parameters), Encoding.ASCII, "application/x-www-form-urlencoded");
        return SendAsync(request, cancellationToken);
    }

    /// <summary>Gets an address relative to the base.</summary>
    public Task<FhirAnswer> GetAsync(string relative, CancellationToken cancellationToken) =>
        SendAsync(Request(HttpMethod.Get, new Uri(BaseUrl, relative)), cancellationToken);

    /// <summary>Gets a link the server gave.</summary>
    public Task<FhirAnswer> FollowAsync(string link, CancellationToken cancellationToken) => OwnAddress(link) is { } address
        ? SendAsync(Request(HttpMethod.Get, address), cancellationToken)
        : Task.FromResult(FhirAnswer.Failed(SourceFaultCodes.ForeignLink));

    /// <summary>Opens a body without reading it, whatever its media type. The caller disposes the response when there is no fault.</summary>
    public async Task<(HttpResponseMessage? Response, FhirAnswer Answer)> OpenAsync(
        Uri address, string contentType, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, address);
        request.Headers.Accept.Clear();
        if (MediaTypeWithQualityHeaderValue.TryParse(contentType, out var wanted))
            request.Headers.Accept.Add(wanted);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*", 0.5));
        try
        {
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var status = (int)response.StatusCode;
            if (FaultOf(status) is not { } fault)
                return (response, new FhirAnswer(null, status, default, false));
            response.Dispose();
            return (null, FhirAnswer.Failed(fault, status));
        }
        catch (HttpRequestException unreachable)
        {
            return (null, FhirAnswer.Failed(FaultOf(unreachable)));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, FhirAnswer.Failed(SourceFaultCodes.Unreachable));
        }
    }

    /// <summary>An address given by the server when it is of the server's own origin; else null.</summary>
    public Uri? OwnAddress(string link) =>
        Uri.TryCreate(BaseUrl, link, out var address) && address.UserInfo.Length == 0
        && Uri.Compare(address, BaseUrl, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0
            ? address
            : null;

    /// <summary>Reads a body to its end, or to the end of the connection; null when it is larger than a page may be.</summary>
    public async Task<(byte[]? Bytes, int Length, bool Cut)> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > settings.MaxPageBytes)
            return (null, 0, false);
        var buffer = new byte[Math.Clamp(content.Headers.ContentLength ?? 0, 16 << 10, 1 << 20)];
        var length = 0;
        try
        {
            var stream = await content.ReadAsStreamAsync(cancellationToken);
            while (true)
            {
                if (length == buffer.Length)
                {
                    // A full buffer at the very end is common: the length announced is the length sent.
                    var probe = new byte[1];
                    if (await stream.ReadAsync(probe, cancellationToken) == 0)
                        return (buffer, length, false);
                    if (length >= settings.MaxPageBytes)
                        return (null, 0, false);
                    Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, Math.Max(settings.MaxPageBytes, length + 1L)));
                    buffer[length++] = probe[0];
                }
                var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
                if (read == 0)
                    return (buffer, length, false);
                length += read;
            }
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException or HttpRequestException)
        {
            return (buffer, length, true);
        }
    }

    /// <summary>
    /// Creates a resource unless one is found by the condition (FHIR R4, RESTful API, §conditional create). Also gives where the server says that it
    /// is; null when it does not say.
    /// </summary>
    public async Task<(FhirAnswer Answer, Uri? Location)> CreateAsync(
        string type, byte[] resource, IReadOnlyList<KeyValuePair<string, string>> unless, CancellationToken cancellationToken)
    {
        var request = Request(HttpMethod.Post, new Uri(BaseUrl, type));
        request.Headers.Add("If-None-Exist", Encoded(unless));
        request.Content = new ByteArrayContent(resource);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(FhirJson) { CharSet = "utf-8" };
        return await ExchangeAsync(request, readsFaults: true, cancellationToken);
    }

    private async Task<FhirAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        (await ExchangeAsync(request, readsFaults: false, cancellationToken)).Answer;

    private async Task<(FhirAnswer Answer, Uri? Location)> ExchangeAsync(
        HttpRequestMessage request, bool readsFaults, CancellationToken cancellationToken)
    {
        using (request)
        {
            try
            {
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                var status = (int)response.StatusCode;
                var fault = FaultOf(status);
                if (fault is not null && !readsFaults)
                    return (FhirAnswer.Failed(fault, status), null);
                var (bytes, length, cut) = await ReadAsync(response.Content, cancellationToken);
                return bytes is null
                    ? (FhirAnswer.Failed(fault ?? SourceFaultCodes.TooLarge, status), null)
                    : (new FhirAnswer(fault, status, JsonText.Trimmed(bytes.AsMemory(0, length)), cut), response.Headers.Location);
            }
            catch (HttpRequestException unreachable)
            {
                return (FhirAnswer.Failed(FaultOf(unreachable)), null);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // The client's own time-out, not the caller's wish.
                return (FhirAnswer.Failed(SourceFaultCodes.Unreachable), null);
            }
        }
    }

    private HttpRequestMessage Request(HttpMethod method, Uri address)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(FhirJson));
        if (settings.BearerToken is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private static string Encoded(IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        string.Join('&', parameters.Select(each => $"{Uri.EscapeDataString(each.Key)}={Uri.EscapeDataString(each.Value)}"));

    private static string? FaultOf(int status) => status switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 => SourceFaultCodes.ForeignLink,
        401 or 403 => SourceFaultCodes.Refused,
        _ => SourceFaultCodes.ErrorStatus,
    };

    private static string FaultOf(HttpRequestException unreachable) => unreachable.HttpRequestError is HttpRequestError.InvalidResponse
        ? SourceFaultCodes.BadAnswer
        : SourceFaultCodes.Unreachable;
}

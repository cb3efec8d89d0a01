using System.Net;
using System.Net.Http.Headers;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Registry;

/// <summary>The HTTP client a source is given: its own pool, no proxy, no redirect, no cookies, bounded bodies.</summary>
internal static class SourceHttp
{
    /// <summary>Requests one call may need at once: an index, then several documents.</summary>
    private const int ConnectionsPerCall = 4;

    public static HttpClient Create(SourceBudget budget, string hubVersion)
    {
        var pool = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            // No trace headers: a legacy system knows none, and what ties an answer to a request of ours is nobody's business.
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate | DecompressionMethods.Brotli,
            ConnectTimeout = TimeSpan.FromSeconds(1),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxConnectionsPerServer = budget.Concurrency * ConnectionsPerCall,
            MaxResponseHeadersLength = 64,
        };
        var client = new HttpClient(new BodyBound(budget.MaxBytes) { InnerHandler = pool })
        {
            DefaultRequestVersion = HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,

            // Calls end by their deadline; this ends those of a connector that ignores it.
            Timeout = budget.Timeout + TimeSpan.FromSeconds(30),
        };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("DmpFederation", hubVersion));
        return client;
    }

    /// <summary>Ends a body that grows beyond the budget, counted after decompression: a small file may unfold to gigabytes.</summary>
    private sealed class BodyBound(long mostBytes) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.Content.Headers.ContentLength > mostBytes)
            {
                response.Dispose();
                throw new SourceFaultException(SourceFaultCodes.TooLarge);
            }
            response.Content = new BoundedContent(response.Content, mostBytes);
            return response;
        }
    }
}

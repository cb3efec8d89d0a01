using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace DmpFederation.Hub.Api.GraphQl.Transport;

/// <summary>Content negotiation of GraphQL over HTTP.</summary>
internal static class MediaTypes
{
    public const string GraphQlResponse = "application/graphql-response+json";
    public const string Json = "application/json";

    /// <summary>
    /// The media type to answer in; null when the client accepts neither. Without an <c>Accept</c> header, and for wildcards, it is
    /// <c>application/json</c>, which clients of before 2025 expect.
    /// </summary>
    public static string? Choose(StringValues accept)
    {
        if (StringValues.IsNullOrEmpty(accept))
            return Json;
        if (!MediaTypeHeaderValue.TryParseList(accept, out var ranges))
            return null;
        string? best = null;
        var bestQuality = 0.0;
        foreach (var range in ranges)
        {
            var quality = range.Quality ?? 1;
            var offered = Offer(range);
            if (offered is null || quality <= 0)
                continue;
            if (quality > bestQuality || (quality == bestQuality && offered == GraphQlResponse))
                (best, bestQuality) = (offered, quality);
        }

        return best;
    }

    /// <summary>True for <c>application/json</c> in UTF-8, the only form a request body comes in.</summary>
    public static bool IsJsonRequest(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    private static string? Offer(MediaTypeHeaderValue range)
    {
        if (range.MediaType.Equals(GraphQlResponse, StringComparison.OrdinalIgnoreCase))
            return GraphQlResponse;
        return range.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase) || range.MatchesAllTypes
            || (range.MatchesAllSubTypes && range.Type.Equals("application", StringComparison.OrdinalIgnoreCase)) ? Json : null;
    }
}

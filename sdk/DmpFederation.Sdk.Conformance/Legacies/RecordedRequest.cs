using System.Text;
using DmpFederation.Sdk.Conformance.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace DmpFederation.Sdk.Conformance.Legacies;

/// <summary>A request as it is held against the recorded ones.</summary>
/// <param name="method">HTTP method.</param>
/// <param name="path">Path, percent-decoded.</param>
/// <param name="parameters">Parameters of the query and of a form body; values of one name joined by <c>&amp;</c>.</param>
/// <param name="body">Body as UTF-8.</param>
internal sealed class RecordedRequest(string method, string path, IReadOnlyDictionary<string, string> parameters, string body)
{
    private const int MostBytes = 4 * 1024 * 1024;

    public static async Task<RecordedRequest> ReadAsync(HttpRequest request)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in request.Query)
            parameters[name] = string.Join('&', values.ToArray());
        var body = await BodyAsync(request);
        if (request.HasFormContentType)
        {
            foreach (var (name, values) in QueryHelpers.ParseQuery(body))
                parameters[name] = string.Join('&', values.ToArray());
        }
        return new RecordedRequest(request.Method, request.Path.Value ?? "/", parameters, body);
    }

    public bool Matches(ExchangeFixture exchange) =>
        string.Equals(method, exchange.Method, StringComparison.OrdinalIgnoreCase)
        && path == exchange.Path
        && exchange.Parameters.All(pair => parameters.TryGetValue(pair.Key, out var value) && (pair.Value == "*" || pair.Value == value))
        && !exchange.Without.Exists(parameters.ContainsKey)
        && exchange.BodyContains.TrueForAll(text => body.Contains(text, StringComparison.Ordinal));

    /// <summary>What was asked, with values: the persons of a fixture are invented, and its author needs to see what to record.</summary>
    public override string ToString() =>
        parameters.Count == 0 ? $"{method} {path}" : $"{method} {path} ({string.Join(", ", parameters.Select(pair => $"{pair.Key}={pair.Value}"))})";

    private static async Task<string> BodyAsync(HttpRequest request)
    {
        using var kept = new MemoryStream();
        var piece = new byte[16 * 1024];
        int read;
        while (kept.Length < MostBytes && (read = await request.Body.ReadAsync(piece, request.HttpContext.RequestAborted)) > 0)
            kept.Write(piece, 0, read);
        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
    }
}

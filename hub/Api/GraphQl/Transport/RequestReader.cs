using System.Text.Json;
using DmpFederation.Hub.Api.GraphQl.Execution;
using GraphQL;
using GraphQL.SystemTextJson;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Api.GraphQl.Transport;

/// <summary>
/// Reads a request of GraphQL over HTTP. Exactly one of the results is not null. Unknown parameters are ignored, as the specification asks.
/// </summary>
internal sealed class RequestReader(IOptions<GraphQlOptions> options)
{
    private static readonly GraphQLSerializer Serializer = new();
    private static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = 32 };

    public async Task<(GraphQlRequest? Request, Problem? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (HttpMethods.IsGet(request.Method))
                return ReadQueryString(request.Query);
            if (!MediaTypes.IsJsonRequest(request.ContentType))
                return (null, ProblemMap.UnsupportedMediaType("Send the request as application/json in UTF-8."));
            if (request.ContentLength > options.Value.MaxBodyBytes)
                return (null, TooLong());
            var body = await ReadBodyAsync(request, cancellationToken);
            if (body is null)
                return (null, TooLong());
            using var json = JsonDocument.Parse(body.Value, DocumentOptions);
            return FromJson(json.RootElement);
        }
        catch (JsonException)
        {
            return (null, Malformed("The request is not valid JSON.", "JSON"));
        }
        catch (InvalidOperationException)
        {
            // The reader of JSON says so of half a surrogate pair and of broken UTF-8, both only when the text is taken out.
            return (null, NotUnicode());
        }
    }

    /// <summary>Reads a request that came as part of another message. Exactly one of the results is not null.</summary>
    public static (GraphQlRequest? Request, Problem? Problem) Read(JsonElement request)
    {
        try
        {
            return FromJson(request);
        }
        catch (InvalidOperationException)
        {
            return (null, NotUnicode());
        }
    }

    private async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var limit = options.Value.MaxBodyBytes;
        using var body = new MemoryStream((int)Math.Min(request.ContentLength ?? 1_024, limit));
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (body.Length + read.Buffer.Length > limit)
                return null;
            foreach (var segment in read.Buffer)
                body.Write(segment.Span);
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return body.GetBuffer().AsMemory(0, (int)body.Length);
        }
    }

    private static (GraphQlRequest?, Problem?) FromJson(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Object =>
            Make(Property(root, "query"), Property(root, "operationName"), Property(root, "variables"), Property(root, "extensions")),
        JsonValueKind.Array => (null, Malformed("Batches are not offered: send one request at a time.", "BATCH")),
        _ => (null, Malformed("The request must be a JSON object.", "JSON")),
    };

    private static (GraphQlRequest?, Problem?) ReadQueryString(IQueryCollection query)
    {
        if (query["query"] is not [{ } text] || text.Length == 0)
            return (null, MissingQuery());
        using var variables = Parsed(query["variables"]);
        using var extensions = Parsed(query["extensions"]);
        var operationName = query["operationName"] is [{ Length: > 0 } name] ? name : null;
        var (request, problem) = Make(text, operationName, variables?.RootElement, extensions?.RootElement);
        return (request is null ? null : request with { QueriesOnly = true }, problem);
    }

    private static JsonDocument? Parsed(Microsoft.Extensions.Primitives.StringValues values) =>
        values is [{ Length: > 0 } text] ? JsonDocument.Parse(text, DocumentOptions) : null;

    private static (GraphQlRequest?, Problem?) Make(JsonElement? query, JsonElement? operationName, JsonElement? variables, JsonElement? extensions)
    {
        if (query is not { } text)
            return (null, MissingQuery());
        if (text.ValueKind != JsonValueKind.String)
            return (null, Malformed("'query' must be a string.", "QUERY"));
        if (operationName is { ValueKind: not JsonValueKind.String })
            return (null, Malformed("'operationName' must be a string or null.", "OPERATION_NAME"));
        return Make(text.GetString()!, operationName?.GetString(), variables, extensions);
    }

    private static (GraphQlRequest?, Problem?) Make(string query, string? operationName, JsonElement? variables, JsonElement? extensions)
    {
        if (variables is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) })
            return (null, Malformed("'variables' must be an object or null.", "VARIABLES"));
        if (extensions is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) })
            return (null, Malformed("'extensions' must be an object or null.", "EXTENSIONS"));
        return (new GraphQlRequest(query, operationName, Inputs(variables), Inputs(extensions)), null);
    }

    private static Inputs Inputs(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Object } value ? Serializer.ReadNode<Inputs>(value)! : GraphQL.Inputs.Empty;

    private static JsonElement? Property(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static Problem NotUnicode() => Malformed("The request holds text that is not Unicode.", "UNICODE");

    private static Problem MissingQuery() => Malformed("'query' is missing.", "QUERY");

    private static Problem Malformed(string message, string rule) => ProblemMap.BadRequest(message, rule);

    private Problem TooLong() => ProblemMap.TooLong(options.Value.MaxBodyBytes);
}

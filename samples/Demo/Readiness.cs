using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace DmpFederation.Demo;

/// <summary>
/// Asks the hub, as the national operator, how its sources are, and everything else whether it answers; then reads the first patient's dossier as the
/// médecin traitant would, until every source answers it in time: a newcomer's first query meets programs that have run already.
/// </summary>
/// <param name="http">Without proxy.</param>
/// <param name="graphQl">The hub's GraphQL address.</param>
/// <param name="token">Token of the national operator.</param>
/// <param name="reader">Token of the médecin traitant.</param>
/// <param name="ins">The first patient, as printed in the list of patients.</param>
/// <param name="others">Name and address of what must answer a GET.</param>
internal sealed class Readiness(HttpClient http, Uri graphQl, string token, string reader, string ins, IReadOnlyList<(string Name, Uri Address)> others)
{
    private static readonly TimeSpan OneAsk = TimeSpan.FromSeconds(5);

    /// <summary>What is missing, in words; empty when all is ready.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var (name, address) in others)
        {
            if (await ProblemOfAsync(() => new HttpRequestMessage(HttpMethod.Get, address), static (_, _) => null, cancellationToken) is { } problem)
                missing.Add($"{name} at {address}: {problem}");
        }

        var hub = await ProblemOfAsync(() => Question(token, "{ sources { id state } }"), Sources, cancellationToken)
            ?? await ProblemOfAsync(() => Question(reader, $"{{ dossier(ins: \"{ins}\") {{ entries {{ hasNext }} sources {{ sourceId status reason }} }} }}"), Dossier, cancellationToken);
        if (hub is not null)
            missing.Add($"hub at {graphQl}: {hub}");
        return missing;
    }

    /// <summary>What the hub's answer lacks; null when every source that is switched on is active.</summary>
    internal static string? Sources(bool success, string body)
    {
        if (!success)
            return "it refused the question about its sources";
        return Judge(body, "its answer names no sources", ["sources"], static sources => sources.Count == 0 ? "it has no source" : Named(
            sources.Where(static source => Text(source, "state") is not ("ACTIVE" or "DISABLED")), "id", "state"));
    }

    /// <summary>Which sources were too slow or not there for the first dossier; null when none was.</summary>
    internal static string? Dossier(bool success, string body)
    {
        if (!success)
            return "it refused the first dossier";
        return Judge(body, "it does not answer the first dossier", ["dossier", "sources"], static sources => Named(
            sources.Where(static source => Text(source, "status") is "TIMED_OUT" or "CIRCUIT_OPEN" or "FAILED"
                || Text(source, "reason") is "DEADLINE" or "INDEX_BUILDING"), "sourceId", "status"));
    }

    /// <summary>Judges the list at a path below <c>data</c>.</summary>
    private static string? Judge(string body, string missing, IReadOnlyList<string> path, Func<IReadOnlyList<JsonElement>, string?> judge)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var place = document.RootElement;
            foreach (var name in path.Prepend("data"))
            {
                if (place.ValueKind != JsonValueKind.Object || !place.TryGetProperty(name, out place))
                    return missing;
            }
            return place.ValueKind == JsonValueKind.Array ? judge([.. place.EnumerateArray()]) : missing;
        }
        catch (JsonException)
        {
            return "its answer is not JSON";
        }
    }

    private static string? Named(IEnumerable<JsonElement> sources, string id, string what) =>
        string.Join(", ", sources.Select(source => $"source {Text(source, id)} is {Text(source, what)}")) is { Length: > 0 } named ? named : null;

    private static string? Text(JsonElement source, string name) => source.GetProperty(name).GetString();

    private HttpRequestMessage Question(string bearer, string query)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, graphQl)
        {
            Content = new StringContent(JsonSerializer.Serialize(new Dictionary<string, string> { ["query"] = query }), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        request.Headers.Accept.ParseAdd("application/json");
        return request;
    }

    private async Task<string?> ProblemOfAsync(
        Func<HttpRequestMessage> ask, Func<bool, string, string?> judge, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(OneAsk);
        try
        {
            using var request = ask();
            using var response = await http.SendAsync(request, deadline.Token);
            var body = await response.Content.ReadAsStringAsync(deadline.Token);
            var problem = judge(response.IsSuccessStatusCode, body);
            return problem is null && (int)response.StatusCode >= 400 ? $"HTTP {(int)response.StatusCode}"
                : problem is not null && !response.IsSuccessStatusCode ? $"{problem} (HTTP {(int)response.StatusCode})"
                : problem;
        }
        catch (HttpRequestException fault)
        {
            return $"it does not answer ({fault.HttpRequestError})";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"it did not answer within {OneAsk.TotalSeconds:0} s";
        }
    }
}

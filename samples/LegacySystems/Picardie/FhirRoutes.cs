using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace DmpFederation.LegacySystems.Picardie;

/// <summary>The RESTful API of FHIR R4 as this region offers it.</summary>
internal sealed class FhirRoutes
{
    private readonly PicardieStore store;
    private readonly PicardieQueries queries;
    private readonly TimeProvider clock;

    private FhirRoutes(PicardieStore store, TimeProvider clock)
    {
        this.store = store;
        this.clock = clock;
        queries = new PicardieQueries(store);
    }

    public static void Map(RouteGroupBuilder routes, PicardieStore store, TimeProvider clock)
    {
        var api = new FhirRoutes(store, clock);
        routes.AddEndpointFilter(async (call, next) =>
        {
            try
            {
                return await next(call);
            }
            catch (FhirFault fault)
            {
                await Answer(call.HttpContext).OutcomeAsync(fault.Status, "error", fault.Code, fault.Message);
                return Results.Empty;
            }
        });
        routes.MapGet("/metadata", (HttpContext http) => api.MetadataAsync(http));
        routes.MapGet("/_history", (HttpContext http) => api.HistoryAsync(http));
        routes.MapPost("/{type}/_search", (HttpContext http, string type) => api.SearchByPostAsync(http, type));
        routes.MapGet("/{type}", (HttpContext http, string type) => api.SearchAsync(http, type, http.Request.Query.SelectMany(Pairs)));
        routes.MapGet("/Patient/{id}/$everything", (HttpContext http, string id) => api.EverythingAsync(http, id));
        routes.MapGet("/{type}/{id}/_history", (HttpContext http, string type, string id) => Answer(http).HistoryAsync(api.Existing(type, id), null));
        routes.MapGet(
            "/{type}/{id}/_history/{version:int}",
            (HttpContext http, string type, string id, int version) => api.ReadVersionAsync(http, type, id, version));
        routes.MapGet("/{type}/{id}", (HttpContext http, string type, string id) => api.ReadAsync(http, type, id));
        routes.MapPost("/{type}", (HttpContext http, string type) => api.CreateAsync(http, type));
        routes.MapPut("/{type}/{id}", (HttpContext http, string type, string id) => api.UpdateAsync(http, type, id));
        routes.MapDelete("/{type}/{id}", (string type, string id) => api.Delete(type, id));
        routes.MapFallback((HttpContext http) => Answer(http).OutcomeAsync(404, "error", "not-found", "There is no such address."));
    }

    private static BundleAnswer Answer(HttpContext http) => new(http, Base(http));

    private static string Base(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}{PicardieSystem.BasePath}/";

    private static IEnumerable<KeyValuePair<string, string>> Pairs(KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues> each) =>
        each.Value.Select(value => new KeyValuePair<string, string>(each.Key, value ?? ""));

    private Task MetadataAsync(HttpContext http)
    {
        http.Response.ContentType = BundleAnswer.MediaType;
        return http.Response.Body.WriteAsync(FhirJson.Bytes(Capabilities.Of(queries.Types()))).AsTask();
    }

    private async Task SearchByPostAsync(HttpContext http, string type)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        await SearchAsync(http, type, form.SelectMany(Pairs).Concat(http.Request.Query.SelectMany(Pairs)));
    }

    private async Task SearchAsync(HttpContext http, string type, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        if (!type.All(char.IsAsciiLetter))
            throw new FhirFault(404, "not-found", "There is no such resource type.");
        var all = parameters.ToList();
        var query = all.FirstOrDefault(each => each.Key == "_page").Value is { } token
            ? SearchQuery.FromToken(type, token)
            : SearchQuery.Parse(type, all, queries.LastSeq());
        var (page, last) = Page(queries.Search(query), query.Count);
        var next = last is null ? null : $"{Base(http)}{type}?_page={(query with { After = last.Seq }).Token()}";
        await Answer(http).SearchSetAsync(page, query.IncludesMedication ? queries.Referred(page, "medicationReference") : [], next);
    }

    private async Task EverythingAsync(HttpContext http, string id)
    {
        if (queries.Read("Patient", id) is not { Deleted: false })
            throw new FhirFault(404, "not-found", "There is no such resource.");
        var parameters = http.Request.Query.SelectMany(Pairs).ToDictionary(each => each.Key, each => each.Value);
        var count = parameters.TryGetValue("_count", out var text) ? SearchQuery.Counted(text) : SearchQuery.DefaultCount;
        var upTo = Number(parameters, "_upTo") ?? queries.LastSeq();
        var (page, last) = Page(queries.Everything(id, Number(parameters, "_after") ?? 0, upTo, count), count);
        var next = last is null
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{Base(http)}Patient/{id}/$everything?_count={count}&_upTo={upTo}&_after={last.Seq}");
        await Answer(http).SearchSetAsync(page, queries.Referred(page, "medicationReference"), next);
    }

    private async Task HistoryAsync(HttpContext http)
    {
        var query = HistoryQuery.Parse(http.Request.Query.SelectMany(Pairs).ToDictionary(each => each.Key, each => each.Value), queries.LastSeq());
        var (page, last) = Page(queries.History(query), query.Count);
        var next = last is null
            ? null
            : $"{Base(http)}_history?_page={(query with { BeforeUpdated = last.Updated.ToUnixTimeMilliseconds(), BeforeSeq = last.Seq }).Token()}";
        await Answer(http).HistoryAsync(page, next);
    }

    private Task ReadAsync(HttpContext http, string type, string id)
    {
        var resource = queries.Read(type, id) ?? throw new FhirFault(404, "not-found", "There is no such resource.");
        if (resource.Deleted)
            throw new FhirFault(410, "deleted", "The resource was deleted.");
        return type == "Binary" && !http.Request.Headers.Accept.ToString().Contains("fhir+json", StringComparison.Ordinal)
            ? BinaryAsync(http, resource)
            : Answer(http).ResourceAsync(resource);
    }

    private static async Task BinaryAsync(HttpContext http, StoredResource resource)
    {
        using var document = JsonDocument.Parse(resource.Json);
        var content = document.RootElement.TryGetProperty("data", out var data) ? data.GetBytesFromBase64() : [];
        http.Response.ContentType = document.RootElement.GetProperty("contentType").GetString();
        http.Response.ContentLength = content.Length;
        await http.Response.BodyWriter.WriteAsync(content, http.RequestAborted);
    }

    private Task ReadVersionAsync(HttpContext http, string type, string id, int version) => queries.ReadVersion(type, id, version) switch
    {
        null => throw new FhirFault(404, "not-found", "There is no such version."),
        { Deleted: true } => throw new FhirFault(410, "deleted", "The version is a deletion."),
        { } resource => Answer(http).ResourceAsync(resource),
    };

    private List<StoredResource> Existing(string type, string id) => queries.Versions(type, id) is { Count: > 0 } versions
        ? versions
        : throw new FhirFault(404, "not-found", "There is no such resource.");

    private async Task CreateAsync(HttpContext http, string type)
    {
        var resource = await WrittenBody.ReadAsync(http.Request, type, null);
        TakenFacts.Check(type, resource, IsPatient);
        var (stored, created) = store.Create(type, resource, Condition(http.Request, type), clock.GetUtcNow());
        await WrittenAsync(http, stored, created ? 201 : 200);
    }

    private async Task UpdateAsync(HttpContext http, string type, string id)
    {
        var resource = await WrittenBody.ReadAsync(http.Request, type, id);
        TakenFacts.Check(type, resource, IsPatient);
        var stored = store.Put(type, id, resource, clock.GetUtcNow());
        await WrittenAsync(http, stored, stored.Version == 1 ? 201 : 200);
    }

    private static Task WrittenAsync(HttpContext http, StoredResource stored, int status)
    {
        http.Response.Headers.Location =
            $"{Base(http)}{stored.Type}/{stored.Id}/_history/{stored.Version.ToString(CultureInfo.InvariantCulture)}";
        return Answer(http).ResourceAsync(stored, status);
    }

    private bool IsPatient(string id) => queries.Read("Patient", id) is { Deleted: false };

    /// <summary>The search of <c>If-None-Exist</c>; null when there is none. A condition that asks nothing would be met by anything.</summary>
    private static SearchQuery? Condition(HttpRequest request, string type)
    {
        if (!request.Headers.TryGetValue("If-None-Exist", out var header))
            return null;
        var query = SearchQuery.Parse(type, QueryHelpers.ParseQuery(header.ToString()).SelectMany(Pairs), long.MaxValue) with { Count = 2 };
        return query.Filters.Count > 0
            ? query
            : throw new FhirFault(400, "invalid", "If-None-Exist has no search parameter.");
    }

    private IResult Delete(string type, string id) => store.Delete(type, id, clock.GetUtcNow()) is null
        ? throw new FhirFault(404, "not-found", "There is no such resource.")
        : Results.NoContent();

    /// <summary>The rows of a page, and its last row when there are more.</summary>
    private static (List<StoredResource> Page, StoredResource? Last) Page(List<StoredResource> rows, int count) =>
        rows.Count > count ? (rows[..count], rows[count - 1]) : (rows, null);

    private static long? Number(Dictionary<string, string> parameters, string name) =>
        parameters.TryGetValue(name, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

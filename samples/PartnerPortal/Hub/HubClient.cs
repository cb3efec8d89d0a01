using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace DmpFederation.PartnerPortal.Hub;

/// <summary>What came of asking the hub. The family is closed: <see cref="DossierRead"/>, <see cref="DossierRefused"/>.</summary>
public abstract record DossierOutcome;

/// <summary>A dossier, with the printable names of its sources.</summary>
public sealed record DossierRead(Dossier Dossier, IReadOnlyDictionary<string, string> SourceNames) : DossierOutcome;

/// <summary>No dossier, and why.</summary>
/// <param name="Code">A code of the hub's contract, or one of <see cref="HubClient"/>'s own.</param>
/// <param name="Rule">Rule that refused; null when none is named.</param>
/// <param name="Reference">What to quote to the operator; null when none is given.</param>
public sealed record DossierRefused(string Code, string? Rule = null, string? Reference = null) : DossierOutcome;

/// <summary>Asks the hub over GraphQL. Thread-safe; never throws for what the hub or the network does.</summary>
internal sealed class HubClient(IOptions<PortalOptions> options) : IDisposable
{
    /// <summary>The hub did not answer.</summary>
    public const string Unreachable = "HUB_UNREACHABLE";

    /// <summary>The hub answered something else than GraphQL.</summary>
    public const string BadAnswer = "HUB_BAD_ANSWER";

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
    })
    {
        Timeout = options.Value.HubTimeout,
    };

    private readonly Uri address = new(options.Value.Hub, "graphql");

    /// <summary>Opens a dossier: identity, sources, allergies, problems and the first page of facts.</summary>
    public Task<DossierOutcome> OpenAsync(string token, string ins, CancellationToken cancellationToken) =>
        AskAsync(token, new GraphQlQuestion(DossierQuery.Open, new QueryVariables(ins, null, null)), cancellationToken);

    /// <summary>One page of facts.</summary>
    /// <param name="token">Bearer token of the user.</param>
    /// <param name="ins">The patient.</param>
    /// <param name="category">The category wanted; null for all.</param>
    /// <param name="after">Cursor of the page before; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<DossierOutcome> PageAsync(string token, string ins, string? category, string? after, CancellationToken cancellationToken) =>
        AskAsync(
            token,
            new GraphQlQuestion(DossierQuery.Page, new QueryVariables(ins, after, category is null ? null : new QueryFilter([category]))),
            cancellationToken);

    public void Dispose() => http.Dispose();

    private async Task<DossierOutcome> AskAsync(string token, GraphQlQuestion question, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/graphql-response+json"));
        request.Content = JsonContent.Create(question, HubJson.Default.GraphQlQuestion);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.Content.Headers.ContentType?.MediaType is not ("application/graphql-response+json" or "application/json"))
                return new DossierRefused(response.StatusCode == HttpStatusCode.Unauthorized ? "UNAUTHENTICATED" : BadAnswer);
            return Outcome(await response.Content.ReadFromJsonAsync(HubJson.Default.GraphQlAnswer, cancellationToken));
        }
        catch (HttpRequestException)
        {
            return new DossierRefused(Unreachable);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DossierRefused(Unreachable);
        }
        catch (JsonException)
        {
            return new DossierRefused(BadAnswer);
        }
    }

    private static DossierOutcome Outcome(GraphQlAnswer? answer)
    {
        if (answer?.Data?.Dossier is { } dossier)
            return new DossierRead(dossier, (answer.Data.Sources ?? []).ToDictionary(source => source.Id, source => source.Name));
        // Errors that name a source are gaps of an answer, not its refusal.
        var error = answer?.Errors?.FirstOrDefault(error => error.Extensions?.SourceId is null)?.Extensions;
        return error?.Code is { } code ? new DossierRefused(code, error.Rule, error.CorrelationId) : new DossierRefused(BadAnswer);
    }
}

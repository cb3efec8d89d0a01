using System.Text.Json;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>A resource type to search and the search parameter that names the patient.</summary>
internal readonly record struct SearchedType(string Type, string PatientParameter);

/// <summary>
/// Which types a server can be searched for by patient, out of its CapabilityStatement. A server that does not say is asked for the usual types,
/// and then its "no such type" is taken as holding none.
/// </summary>
internal sealed class ServerTypes(FhirEndpoint endpoint, FhirServerSettings settings, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RememberedGuess = TimeSpan.FromMinutes(1);
    private volatile Known? known;

    public async Task<(IReadOnlyList<SearchedType> Types, bool Declared)> GetAsync(CancellationToken cancellationToken)
    {
        if (settings.ResourceTypes is { } configured)
            return ([.. configured.Select(type => new SearchedType(type, "patient"))], true);
        if (known is { } current && clock.GetUtcNow() < current.Until)
            return (current.Types, current.Declared);
        var declared = await AskAsync(cancellationToken);
        var fresh = declared is { Count: > 0 }
            ? new Known(declared, true, clock.GetUtcNow() + Remembered)
            : new Known([.. FactTypes.Usual.Select(type => new SearchedType(type, "patient"))], false, clock.GetUtcNow() + RememberedGuess);
        known = fresh;
        return (fresh.Types, fresh.Declared);
    }

    private async Task<List<SearchedType>?> AskAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        FhirAnswer answer;
        try
        {
            answer = await endpoint.GetAsync("metadata", either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        return answer.Fault is null && !answer.Cut ? Declared(answer.Body) : null;
    }

    private static List<SearchedType>? Declared(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.Text("resourceType") != "CapabilityStatement")
                return null;
            var types = new List<SearchedType>();
            foreach (var resource in document.RootElement.Items("rest").SelectMany(rest => rest.Items("resource")))
            {
                if (resource.Text("type") is not { Length: > 0 } type || FactTypes.IsNoFact(type) || !type.All(char.IsAsciiLetter))
                    continue;
                var parameters = resource.Items("searchParam").Select(parameter => parameter.Text("name")).ToList();
                if (parameters.Contains("patient"))
                    types.Add(new SearchedType(type, "patient"));
                else if (parameters.Contains("subject"))
                    types.Add(new SearchedType(type, "subject"));
                else if (parameters.Count == 0 && FactTypes.Usual.Contains(type))
                    types.Add(new SearchedType(type, "patient"));
            }
            return types;
        }
        catch (JsonException)
        {
            // A statement that cannot be read says nothing: the usual types are asked for instead.
            return null;
        }
    }

    private sealed record Known(IReadOnlyList<SearchedType> Types, bool Declared, DateTimeOffset Until);
}

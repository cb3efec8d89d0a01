using System.Text.Json;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>
/// Which types a server creates under a condition, out of its CapabilityStatement (<c>rest.resource.conditionalCreate</c>). A server that does not
/// say so would ignore the condition and hold the fact twice after an answer that was lost: nothing is written to it.
/// </summary>
internal sealed class CreatableTypes(FhirEndpoint endpoint, TimeProvider clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);
    private volatile Known? known;

    /// <exception cref="SourceFaultException">The server did not say.</exception>
    public async ValueTask<bool> HasAsync(string type, CancellationToken cancellationToken)
    {
        if (known is not { } current || clock.GetUtcNow() >= current.Until)
            known = current = new Known(await AskAsync(cancellationToken), clock.GetUtcNow() + Remembered);
        return current.Types.Contains(type);
    }

    private async Task<HashSet<string>> AskAsync(CancellationToken cancellationToken)
    {
        var answer = await endpoint.GetAsync("metadata", cancellationToken);
        if ((answer.Fault ?? (answer.Cut ? SourceFaultCodes.BadAnswer : null)) is { } fault)
            throw new SourceFaultException(fault);
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            if (document.RootElement.Text("resourceType") != "CapabilityStatement")
                throw new SourceFaultException(SourceFaultCodes.BadAnswer);
            return
            [
                .. document.RootElement.Items("rest").SelectMany(rest => rest.Items("resource"))
                    .Where(resource => resource.TryGetProperty("conditionalCreate", out var can) && can.ValueKind == JsonValueKind.True)
                    .Select(resource => resource.Text("type")).OfType<string>(),
            ];
        }
        catch (JsonException)
        {
            throw new SourceFaultException(SourceFaultCodes.BadAnswer);
        }
    }

    private sealed record Known(HashSet<string> Types, DateTimeOffset Until);
}

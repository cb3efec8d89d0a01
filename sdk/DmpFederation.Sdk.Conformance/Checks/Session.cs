using DmpFederation.Sdk.Conformance.Legacies;

namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary>An open connector with what it was given.</summary>
internal sealed class Session(Bench bench, RunningLegacy legacy, bool ownsLegacy, HttpClient http, string stateFolder) : IAsyncDisposable
{
    /// <summary>Null when it could not be opened.</summary>
    public ISourceConnector? Connector { get; set; }

    /// <summary>Why it could not be opened; null when it was.</summary>
    public string? Problem { get; set; }

    public RunningLegacy Legacy { get; } = legacy;

    /// <summary>The state folder the connector was given.</summary>
    public string StateFolder { get; } = stateFolder;

    public async ValueTask DisposeAsync()
    {
        if (Connector is { } connector)
        {
            Connector = null;
            await bench.CallAsync("DisposeAsync", async _ =>
            {
                await connector.DisposeAsync();
                return true;
            });
        }
        http.Dispose();
        if (ownsLegacy)
            await Legacy.DisposeAsync();
    }
}

namespace DmpFederation.Sdk;

/// <summary>What a source is given by the hub. Valid until its connector is disposed.</summary>
public sealed class SourceContext
{
    /// <summary>Id of the source in <c>plugins.json</c>.</summary>
    public required string SourceId { get; init; }

    /// <summary>Settings of the source, secrets already resolved.</summary>
    public required SourceSettings Settings { get; init; }

    /// <summary>
    /// The source's own HTTP client and connection pool: no proxy, no automatic redirect, body size bounded, decompression on. Owned by the hub; do
    /// not dispose it, and do not set its base address or default headers.
    /// </summary>
    public required HttpClient Http { get; init; }

    /// <summary>The clock. Use it instead of the machine's.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Systems of the patient keys the source understands, most wanted first (<c>patientKeys</c> in <c>plugins.json</c>).</summary>
    public required IReadOnlyList<string> PatientKeySystems { get; init; }

    /// <summary>A private folder for state that may be rebuilt (indexes, cursors). It exists.</summary>
    public required string StateFolder { get; init; }
}

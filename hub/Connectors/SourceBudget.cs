namespace DmpFederation.Hub.Connectors;

/// <summary>Bounds of one call to a source (<c>budget</c> in <c>plugins.json</c>).</summary>
internal sealed record SourceBudget
{
    /// <summary>Longest call. Default 2.5 s; the federation's global deadline holds beside it.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>Calls at once; further ones wait within their deadline. Default 32.</summary>
    public int Concurrency { get; init; } = 32;

    /// <summary>Entries of one patient in one call. Default 20,000.</summary>
    public int MaxEntries { get; init; } = 20_000;

    /// <summary>Bytes of entries of one patient in one call. Default 64 MiB.</summary>
    public long MaxBytes { get; init; } = 64L << 20;
}

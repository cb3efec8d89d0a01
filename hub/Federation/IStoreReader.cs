using DmpFederation.Hub.Connectors;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation;

/// <summary>Reads a source for a dossier, from whichever store serves it now. <see cref="ISourceReader"/> always asks the legacy system.</summary>
internal interface IStoreReader
{
    /// <inheritdoc cref="ISourceReader.ReadAsync"/>
    Task<SourceOutcome> ReadAsync(Source source, ReadRequest request, TimeSpan deadline, CancellationToken cancellationToken);
}

/// <summary>While nothing was migrated.</summary>
internal sealed class LegacyStore(ISourceReader legacy) : IStoreReader
{
    public Task<SourceOutcome> ReadAsync(Source source, ReadRequest request, TimeSpan deadline, CancellationToken cancellationToken) =>
        legacy.ReadAsync(source, request, deadline, cancellationToken);
}

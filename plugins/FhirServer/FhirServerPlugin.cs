using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>Reads any FHIR R4 REST server, and FHIR R4 files (bundles of every kind, single resources, NDJSON) for preview.</summary>
public sealed class FhirServerPlugin : IConnectorPlugin, IFilePreview, IItemReplay
{
    /// <inheritdoc/>
    public ISourceConnector Open(SourceContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var settings = FhirServerSettings.From(context.Settings);
        return settings.AcceptsWrites ? new FhirServerWriter(settings, context) : new FhirServerConnector(settings, context);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ReadItem> PreviewAsync(string fileName, Stream content, CancellationToken cancellationToken) =>
        FhirFile.ReadAsync(fileName, content, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ReadItem> ReplayAsync(Unreadable item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        return ItemReplay.Read(item).ToAsyncEnumerable();
    }
}

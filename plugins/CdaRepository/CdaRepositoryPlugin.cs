using System.Runtime.CompilerServices;
using DmpFederation.Plugins.CdaRepository.Repository;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CdaRepository;

/// <summary>Regional store of CDA R2 documents behind an HTTP index, such as the one of Franche-Comté in 2009.</summary>
public sealed class CdaRepositoryPlugin : IConnectorPlugin, IFilePreview, IItemReplay
{
    private const int DefaultConcurrency = 6;
    private const int MaxConcurrency = 32;

    /// <inheritdoc/>
    public ISourceConnector Open(SourceContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var concurrency = context.Settings.Integer("documentConcurrency", DefaultConcurrency);
        if (concurrency is < 1 or > MaxConcurrency)
            throw new SourceSettingsException("documentConcurrency", $"must be from 1 to {MaxConcurrency}");
        var store = new StoreClient(context.Http, context.Settings.HttpAddress("baseUrl"));
        return new CdaRepositoryConnector(store, new DocumentStream(store, concurrency), new ChangeFeed(store));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReadItem> ReplayAsync(Unreadable item, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        await Task.CompletedTask;
        foreach (var read in DocumentReader.Replay(item))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return read;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReadItem> PreviewAsync(
        string fileName, Stream content, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var file = await BoundedFile.ReadAsync(content, CdaReader.MaxBytes, cancellationToken);
        foreach (var item in DocumentReader.Preview(file))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return item;
        }
    }
}

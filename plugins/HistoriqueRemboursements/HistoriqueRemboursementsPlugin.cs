using System.Runtime.CompilerServices;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Plugins.HistoriqueRemboursements.Lines;
using DmpFederation.Plugins.HistoriqueRemboursements.Service;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HistoriqueRemboursements;

/// <summary>The web médecin: a patient's reimbursement history, asked of an HTTP service that answers CDA documents of the model CNAM-HR.</summary>
public sealed class HistoriqueRemboursementsPlugin : IConnectorPlugin, IFilePreview, IItemReplay
{
    private const int DefaultConcurrency = 4;
    private const int MaxConcurrency = 16;

    /// <inheritdoc/>
    public ISourceConnector Open(SourceContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var concurrency = context.Settings.Integer("documentConcurrency", DefaultConcurrency);
        if (concurrency is < 1 or > MaxConcurrency)
            throw new SourceSettingsException("documentConcurrency", $"must be from 1 to {MaxConcurrency}");
        return new HistoryConnector(new HistoryService(context.Http, context.Settings.HttpAddress("baseUrl")), concurrency);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReadItem> ReplayAsync(Unreadable item, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        await Task.CompletedTask;
        foreach (var read in ItemReplay.Read(item))
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
        foreach (var item in HistoryReader.Preview(file))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return item;
        }
    }
}

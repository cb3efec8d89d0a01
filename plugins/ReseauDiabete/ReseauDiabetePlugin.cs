using System.Runtime.CompilerServices;
using DmpFederation.Plugins.ReseauDiabete.Exports;
using DmpFederation.Plugins.ReseauDiabete.Index;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.ReseauDiabete;

/// <summary>A diabetes network that exports its records as CSV files each week.</summary>
public sealed class ReseauDiabetePlugin : IConnectorPlugin, IFilePreview, IItemReplay
{
    private const int MostSettleMinutes = 24 * 60;
    private const int MostWaitMs = 60_000;

    /// <inheritdoc/>
    public ISourceConnector Open(SourceContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var settings = context.Settings;
        var folder = settings.Text("folder");
        if (!Path.IsPathFullyQualified(folder))
            throw new SourceSettingsException("folder", "must be an absolute path");
        var patience = new ExportPatience(
            TimeSpan.FromMinutes(Within(settings, "settleMinutes", 15, MostSettleMinutes)),
            TimeSpan.FromMilliseconds(Within(settings, "waitForExportMs", 500, MostWaitMs)));
        var file = new IndexFile(context.StateFolder, folder);
        return new ReseauDiabeteConnector(new ExportIndex(new ExportFolder(folder), file, patience, context.Clock), file);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReadItem> PreviewAsync(
        string fileName, Stream content, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var file = await FilePreview.LoadAsync(content, cancellationToken);
        foreach (var item in FilePreview.Read(fileName, file, cancellationToken))
            yield return item;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReadItem> ReplayAsync(Unreadable item, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        await Task.CompletedTask;
        if (RowReplay.Read(item, cancellationToken) is { } read)
            yield return read;
    }

    private static int Within(SourceSettings settings, string name, int fallback, int most) =>
        settings.Integer(name, fallback) is var number && number >= 0 && number <= most
            ? number
            : throw new SourceSettingsException(name, $"must be from 0 to {most}");
}

using System.Runtime.CompilerServices;
using DmpFederation.Plugins.DossierPharmaceutique.Database;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.DossierPharmaceutique;

/// <summary>Reads the dossier pharmaceutique from its host's database (SQLite or PostgreSQL).</summary>
public sealed class DossierPharmaceutiquePlugin : IConnectorPlugin, IItemReplay
{
    /// <inheritdoc/>
    public ISourceConnector Open(SourceContext context)
    {
        var windows = new VisibleWindows(
            Months(context.Settings, "visibleMonths", 12),
            Months(context.Settings, "visibleMonthsBiologicals", 36),
            Months(context.Settings, "visibleMonthsVaccines", 252));
        return new DossierPharmaceutiqueConnector(DpDatabase.Open(context.Settings.Text("connection")), windows, context);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReadItem> ReplayAsync(Unreadable item, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        await Task.CompletedTask;
        cancellationToken.ThrowIfCancellationRequested();
        using var writer = new DispensationWriter();
        yield return KeptLine.Read(item.Raw) is { } line && item.Patient is { } patient
            ? writer.Write(line, patient)
            : new Unreadable { Code = "DP_LINE", Reason = "The kept bytes are no line of the dossier pharmaceutique.", Raw = item.Raw };
    }

    private static int Months(SourceSettings settings, string name, int fallback) =>
        settings.Integer(name, fallback) is var months and >= 1 and <= 1200
            ? months
            : throw new SourceSettingsException(name, "must be from 1 to 1200 months");
}

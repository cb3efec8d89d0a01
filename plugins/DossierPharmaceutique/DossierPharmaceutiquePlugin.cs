using DmpFederation.Plugins.DossierPharmaceutique.Database;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.DossierPharmaceutique;

/// <summary>Reads the dossier pharmaceutique from its host's database (SQLite or PostgreSQL).</summary>
public sealed class DossierPharmaceutiquePlugin : IConnectorPlugin
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

    private static int Months(SourceSettings settings, string name, int fallback) =>
        settings.Integer(name, fallback) is var months and >= 1 and <= 1200
            ? months
            : throw new SourceSettingsException(name, "must be from 1 to 1200 months");
}

using DmpFederation.BadPlugins.ForeignLibrary;
using DmpFederation.Sdk;

namespace DmpFederation.BadPlugins.ForeignSurface;

public sealed class ForeignSurfacePlugin : IConnectorPlugin
{
    public IReadOnlyList<Remark> Remarks { get; } = [];

    public ISourceConnector Open(SourceContext context) => throw new SourceSettingsException("any", "is never looked at");
}

using DmpFederation.BadPlugins.ForeignLibrary;
using DmpFederation.Sdk;

namespace DmpFederation.BadPlugins.MissingDependency;

public sealed class MissingDependencyPlugin : IConnectorPlugin
{
    private readonly Remark remark = new("never made");

    public override string ToString() => remark.Text;

    public ISourceConnector Open(SourceContext context) => throw new SourceSettingsException("any", "is never looked at");
}

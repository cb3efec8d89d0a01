using DmpFederation.Sdk;

namespace DmpFederation.BadPlugins.TwoPlugins;

public sealed class FirstPlugin : IConnectorPlugin
{
    public ISourceConnector Open(SourceContext context) => throw new SourceSettingsException("any", "is never looked at");
}

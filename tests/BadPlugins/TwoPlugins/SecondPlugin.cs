using DmpFederation.Sdk;

namespace DmpFederation.BadPlugins.TwoPlugins;

public sealed class SecondPlugin : IConnectorPlugin
{
    public ISourceConnector Open(SourceContext context) => throw new SourceSettingsException("any", "is never looked at");
}

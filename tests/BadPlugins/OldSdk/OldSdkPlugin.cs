using DmpFederation.Sdk;

namespace DmpFederation.BadPlugins.OldSdk;

public sealed class OldSdkPlugin : IConnectorPlugin
{
    public ISourceConnector Open(SourceContext context) => throw new SourceSettingsException("any", "is never looked at");
}

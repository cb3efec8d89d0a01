using DmpFederation.Sdk;

namespace DmpFederation.BadPlugins.Misbehaving;

public sealed class MisbehavingPlugin : IConnectorPlugin
{
    public ISourceConnector Open(SourceContext context) => context.Settings.Text("behaviour") switch
    {
        "throws-on-open" => throw new InvalidOperationException("secret-of-the-plug-in"),
        "blocks-on-open" => Block(),
        "opens-nothing" => null!,
        "repeats-setting" => throw new SourceSettingsException("behaviour", $"must not be {context.Settings.Text("behaviour")}"),
        var behaviour => new MisbehavingConnector(behaviour, context.Settings.Integer("entries", 5)),
    };

    private static ISourceConnector Block()
    {
        using var never = new ManualResetEventSlim();
        never.Wait();
        throw new InvalidOperationException("unreachable");
    }
}

namespace DmpFederation.BadPlugins.NoPlugin;

public sealed class NotAPlugin
{
    public override string ToString() => "implements nothing";
}

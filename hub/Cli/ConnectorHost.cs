using DmpFederation.Hub.Connectors;

namespace DmpFederation.Hub.Cli;

/// <summary>The connectors without the web: for commands that look at sources and plug-ins.</summary>
internal static class ConnectorHost
{
    public static IHost Build(string? pluginsFile, Action<IHostApplicationBuilder>? with = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddEnvironmentVariables("DMPFED__");
        if (pluginsFile is not null)
        {
            builder.Configuration.AddInMemoryCollection(
                new Dictionary<string, string?> { ["Connectors:PluginsFile"] = Path.GetFullPath(pluginsFile) });
        }
        // A command prints its answer; what the connectors log while it runs would stand between the lines.
        builder.Logging.ClearProviders();
        builder.Services.AddConnectors(builder.Configuration);
        with?.Invoke(builder);
        return builder.Build();
    }
}

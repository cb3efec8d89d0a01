using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Quarantine;

namespace DmpFederation.Hub.Cli;

/// <summary>The connectors without the web: for commands that look at sources and plug-ins.</summary>
internal static class ConnectorHost
{
    public static IHost Build(string? pluginsFile, string? stateFolder = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddEnvironmentVariables("DMPFED__");
        if (pluginsFile is not null)
            builder.Configuration["Connectors:PluginsFile"] = Path.GetFullPath(pluginsFile);
        if (stateFolder is not null)
            builder.Configuration["Connectors:StateFolder"] = Path.GetFullPath(stateFolder);
        // A command prints its answer; what the connectors log while it runs would stand between the lines.
        builder.Logging.ClearProviders();
        builder.Services.AddConnectors(builder.Configuration);
        builder.Services.AddQuarantineStore(builder.Configuration);
        return builder.Build();
    }
}

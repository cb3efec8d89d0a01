using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Quarantine;
using Microsoft.Extensions.Configuration.Json;

namespace DmpFederation.Hub.Cli;

/// <summary>The connectors without the web: for commands that look at sources and plug-ins.</summary>
internal static class ConnectorHost
{
    /// <summary>The settings of the hub lie beside it, whichever folder the command is run in.</summary>
    public static void AddHubSettings(IHostApplicationBuilder builder)
    {
        var beside = new JsonConfigurationSource { Path = Path.Combine(AppContext.BaseDirectory, "appsettings.json"), Optional = true };
        beside.ResolveFileProvider();
        builder.Configuration.Sources.Insert(0, beside);
    }

    /// <param name="pluginsFile">The file that names the sources; null for the usual one.</param>
    /// <param name="stateFolder">A folder of the command's own; null for the hub's.</param>
    /// <param name="with">Further parts of the hub the command needs; null for none.</param>
    public static IHost Build(string? pluginsFile, string? stateFolder = null, Action<IHostApplicationBuilder>? with = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddEnvironmentVariables("DMPFED__");
        // A source of their own: values merely set are lost when a command adds another source.
        var given = new Dictionary<string, string?>();
        if (pluginsFile is not null)
            given["Connectors:PluginsFile"] = Path.GetFullPath(pluginsFile);
        if (stateFolder is not null)
            given["Connectors:StateFolder"] = Path.GetFullPath(stateFolder);
        builder.Configuration.AddInMemoryCollection(given);
        // A command prints its answer; what the connectors log while it runs would stand between the lines.
        builder.Logging.ClearProviders();
        builder.Services.AddConnectors(builder.Configuration);
        builder.Services.AddQuarantineStore(builder.Configuration);
        with?.Invoke(builder);
        return builder.Build();
    }
}

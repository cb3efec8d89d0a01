using System.CommandLine;
using DmpFederation.Hub.Connectors.Registry;
using DmpFederation.Hub.Quarantine;

namespace DmpFederation.Hub.Cli;

/// <summary>The quarantine of a state folder, opened for one command.</summary>
internal static class QuarantineHost
{
    /// <summary>Who settles items from the command line: whoever the machine says it is.</summary>
    public static string Operator => $"cli:{Environment.UserName}";

    public static Option<string?> StateOption() => new("--state-folder")
    {
        Description = "The hub's state folder. Default: DMPFED__Connectors__StateFolder, else below the user's local application data.",
    };

    /// <summary>Runs a command on the store. Without a store there is nothing to run it on, and nothing is wrong.</summary>
    public static async Task<int> RunAsync(string? stateFolder, TextWriter errors, Func<IQuarantineStore, TimeProvider, Task<int>> command)
    {
        using var host = ConnectorHost.Build(null, stateFolder);
        return await RunAsync(host, errors, command);
    }

    /// <summary>Runs a command that reads items again with the plug-ins of <paramref name="pluginsFile"/>.</summary>
    public static async Task<int> RunAsync(
        string? stateFolder, string? pluginsFile, TextWriter errors, Func<IQuarantineStore, QuarantineReplay, Task<int>> command,
        CancellationToken cancellationToken)
    {
        using var host = ConnectorHost.Build(pluginsFile, stateFolder);
        return await RunAsync(host, errors, async (store, _) =>
        {
            await host.Services.GetRequiredService<SourceRegistry>().ReloadAsync(cancellationToken);
            return await command(store, host.Services.GetRequiredService<QuarantineReplay>());
        });
    }

    public static async Task<int> NoItemAsync(TextWriter errors)
    {
        await errors.WriteLineAsync("There is no such item.");
        return HubCommandLine.Failed;
    }

    private static async Task<int> RunAsync(IHost host, TextWriter errors, Func<IQuarantineStore, TimeProvider, Task<int>> command)
    {
        var store = host.Services.GetRequiredService<IQuarantineStore>();
        if (!store.Exists)
        {
            await errors.WriteLineAsync("This state folder has no quarantine: nothing was ever held, or it is another hub's folder.");
            return HubCommandLine.Good;
        }
        try
        {
            return await command(store, host.Services.GetRequiredService<TimeProvider>());
        }
        catch (QuarantineUnavailableException fault)
        {
            await errors.WriteLineAsync(fault.Message);
            return HubCommandLine.Failed;
        }
    }
}

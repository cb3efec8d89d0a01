using System.CommandLine;

namespace DmpFederation.Hub.Cli;

/// <summary><c>serve</c>: runs the hub until it is stopped.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var urls = new Option<string?>("--urls") { Description = "Addresses to listen on, separated by ';'. Default http://127.0.0.1:5080." };
        var plugins = new Option<string?>("--plugins") { Description = "The plugins.json to read. Default: the one in the current folder." };
        var environment = new Option<string?>("--environment") { Description = "Production (default) or Development." };
        // Said by the test host and by service managers; they mean what they mean to ASP.NET Core.
        var contentRoot = new Option<string?>("--contentRoot") { Hidden = true };
        var applicationName = new Option<string?>("--applicationName") { Hidden = true };

        var command = new Command("serve", "Runs the hub (the default).") { urls, plugins, environment, contentRoot, applicationName };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string[] hostArguments = [
                .. Argument(parsed, urls), .. Argument(parsed, environment), .. Argument(parsed, contentRoot), .. Argument(parsed, applicationName),
            ];
            var settings = new Dictionary<string, string?>();
            if (parsed.GetValue(plugins) is { } file)
                settings["Connectors:PluginsFile"] = Path.GetFullPath(file);
            await using var app = HubHost.Build(hostArguments, settings);
            await app.StartAsync(cancellationToken);
            await app.WaitForShutdownAsync(cancellationToken);
            return HubCommandLine.Good;
        });
        return command;
    }

    private static string[] Argument(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } value ? [$"{option.Name}={value}"] : [];
}

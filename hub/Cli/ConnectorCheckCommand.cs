using System.CommandLine;
using DmpFederation.Hub.Connectors.Plugins;
using DmpFederation.Sdk.Conformance;

namespace DmpFederation.Hub.Cli;

/// <summary><c>connector check</c>: does a plug-in keep the contract, over the legacy its fixture describes?</summary>
internal static class ConnectorCheckCommand
{
    private const double LongestSeconds = 600;

    public static Command Create(TextWriter output, TextWriter errors)
    {
        var plugin = new Argument<string>("PLUGIN") { Description = "Id of a plug-in (cda-repository, fhir-server, …) or the path of its folder." };
        var json = JsonOption.Create();
        var fixture = new Option<string?>("--fixture")
        {
            Description = "Folder with conformance.json. Default: conformance in the plug-in's folder.",
            HelpName = "DIR",
        };
        var deadline = Seconds("--deadline", "Longest time one call of the plug-in may take before it counts as hanging. Default 10.");
        var cancellation = Seconds("--cancellation", "Longest time a call may go on after its cancellation. Default 1; a busy machine may need more.");
        var command = new Command("check",
            "Runs the conformance checks of the SDK's kit on a plug-in, over the legacy system its fixture describes, loaded as the hub loads it. "
            + "Prints each check (CNF-…), what was seen and what to fix. Exit code 0 when all passed, 1 when any failed.")
        {
            plugin,
            json,
            fixture,
            deadline,
            cancellation,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var host = ConnectorHost.Build(null);
            var named = parsed.GetValue(plugin)!;
            var folder = host.Services.GetRequiredService<PluginFinder>().Find(named)?.Folder ?? (Directory.Exists(named) ? Path.GetFullPath(named) : null);
            if (folder is null)
            {
                await errors.WriteLineAsync($"Plug-in '{named}' is not installed.");
                return HubCommandLine.Failed;
            }
            var usual = new ConformanceOptions();
            var report = await ConformanceKit.CheckAsync(folder, new ConformanceOptions
            {
                Loader = host.Services.GetRequiredService<PluginTrial>(),
                FixtureFolder = parsed.GetValue(fixture),
                Deadline = Span(parsed.GetValue(deadline)) ?? usual.Deadline,
                CancellationLimit = Span(parsed.GetValue(cancellation)) ?? usual.CancellationLimit,
            }, cancellationToken);
            await output.WriteLineAsync(parsed.GetValue(json) ? report.ToJson() : report.ToString().TrimEnd());
            return report.Passed ? HubCommandLine.Good : HubCommandLine.Failed;
        });
        return command;
    }

    private static TimeSpan? Span(double? seconds) => seconds is { } given ? TimeSpan.FromSeconds(given) : null;

    private static Option<double?> Seconds(string name, string description)
    {
        var option = new Option<double?>(name) { Description = description, HelpName = "SECONDS" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is { } given && given is not (> 0 and <= LongestSeconds))
                result.AddError($"{name} must be more than 0 and at most {LongestSeconds} seconds.");
        });
        return option;
    }
}

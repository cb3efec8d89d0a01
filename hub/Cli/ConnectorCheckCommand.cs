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
        var cancellation = Seconds("--cancellation",
            "Longest time a call may go on after its cancellation. Default 1; a busy machine may need more.");
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
            var usual = new ConformanceOptions();
            var bounds = (Span(parsed.GetValue(deadline)) ?? usual.Deadline, Span(parsed.GetValue(cancellation)) ?? usual.CancellationLimit);
            // Copies of a plug-in that is being tried do not belong among those of the hub.
            var state = Directory.CreateTempSubdirectory("dmpfed-check-");
            try
            {
                return await CheckAsync(parsed.GetValue(plugin)!, parsed.GetValue(fixture), bounds, state.FullName) is { } report
                    ? await PrintAsync(report, parsed.GetValue(json))
                    : HubCommandLine.Failed;
            }
            finally
            {
                Discard(state);
            }

            async Task<ConformanceReport?> CheckAsync(string named, string? fixtureFolder, (TimeSpan Deadline, TimeSpan Cancellation) limits,
                string stateFolder)
            {
                using var host = ConnectorHost.Build(null, stateFolder);
                var found = host.Services.GetRequiredService<PluginFinder>().Find(named)?.Folder;
                if ((found ?? (Directory.Exists(named) ? Path.GetFullPath(named) : null)) is not { } folder)
                {
                    await errors.WriteLineAsync($"Plug-in '{named}' is not installed.");
                    return null;
                }
                return await ConformanceKit.CheckAsync(folder, new ConformanceOptions
                {
                    Loader = host.Services.GetRequiredService<PluginTrial>(),
                    FixtureFolder = fixtureFolder,
                    Deadline = limits.Deadline,
                    CancellationLimit = limits.Cancellation,
                }, cancellationToken);
            }
        });
        return command;

        async Task<int> PrintAsync(ConformanceReport report, bool forMachines)
        {
            await output.WriteLineAsync(forMachines ? report.ToJson() : report.ToString().TrimEnd());
            return report.Passed ? HubCommandLine.Good : HubCommandLine.Failed;
        }
    }

    private static void Discard(DirectoryInfo state)
    {
        try
        {
            state.Delete(recursive: true);
        }
        catch (Exception stillMapped) when (stillMapped is IOException or UnauthorizedAccessException)
        {
            // A plug-in that did not unload keeps its files on Windows; the folder is a temporary one.
            return;
        }
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

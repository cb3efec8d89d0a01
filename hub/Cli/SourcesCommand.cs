using System.CommandLine;
using System.Text.Json;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Connectors.Calls;
using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Cli;

/// <summary>
/// <c>sources list</c>: opens every configured source, asks each once whether it answers, and says so. <c>sources unmapped</c>: lists the codes of a
/// source without a common one. Neither reads patient data.
/// </summary>
internal static class SourcesCommand
{
    private static readonly TimeSpan LongestProbe = TimeSpan.FromSeconds(5);

    public static Command Create(TextReader input, TextWriter output, TextWriter errors) => new("sources", "The configured sources.")
    {
        List(output, errors),
        Unmapped(output, errors),
        OverlapCommand.Create(input, output, errors),
    };

    private static Command List(TextWriter output, TextWriter errors)
    {
        var plugins = new Option<string?>("--plugins") { Description = "The plugins.json to read. Default: the one in the current folder." };
        var json = JsonOption.Create();
        var command = new Command("list", "Lists the sources with their states. Exit code 1 when one is neither active nor disabled, or when plugins.json or a plug-in folder is faulty.") { plugins, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var host = ConnectorHost.Build(parsed.GetValue(plugins));
            await host.StartAsync(cancellationToken);
            var registry = host.Services.GetRequiredService<ISourceRegistry>();
            await SettleAsync(registry, cancellationToken);
            var snapshot = registry.Current;
            var sources = snapshot.Sources;
            foreach (var source in sources)
                await output.WriteLineAsync(parsed.GetValue(json) ? Line(source) : Row(source));
            foreach (var fault in snapshot.Faults)
                await errors.WriteLineAsync(fault);
            if (sources.Count == 0 && snapshot.Faults.Count == 0)
                await errors.WriteLineAsync("No source is configured: is this the right plugins.json?");
            await host.StopAsync(cancellationToken);
            return snapshot.Faults.Count == 0 && sources.Count > 0 && sources.All(static source => source.State is SourceState.Active or SourceState.Disabled)
                ? HubCommandLine.Good
                : HubCommandLine.Failed;
        });
        return command;
    }

    private static Command Unmapped(TextWriter output, TextWriter errors)
    {
        var id = new Argument<string>("source") { Description = "Id of the source." };
        var plugins = new Option<string?>("--plugins") { Description = "The plugins.json to read. Default: the one in the current folder." };
        var json = JsonOption.Create();
        var command = new Command("unmapped", "Lists the codes of a source that its connector's table does not map, the most used first.") { id, plugins, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var host = ConnectorHost.Build(parsed.GetValue(plugins));
            await host.StartAsync(cancellationToken);
            var registry = host.Services.GetRequiredService<ISourceRegistry>();
            await SettleAsync(registry, cancellationToken);
            var wanted = parsed.GetRequiredValue(id);
            var outcome = registry.Current.Find(wanted) is { } source
                ? await host.Services.GetRequiredService<ISourceMappingReader>().ListAsync(source, cancellationToken)
                : null;
            foreach (var code in outcome?.Codes ?? [])
                await output.WriteLineAsync(parsed.GetValue(json) ? Line(wanted, code) : Row(code));
            await host.StopAsync(cancellationToken);
            if (outcome is { Status: SourceStatus.Answered })
                return HubCommandLine.Good;
            await errors.WriteLineAsync(outcome is null ? "No source has this id." : $"The source could not say: {outcome.Reason}.");
            return HubCommandLine.Failed;
        });
        return command;
    }

    private static string Row(UnmappedCode code) => $"{code.Count,8} {code.System} {code.Code}  {code.Label}  {code.Unit}".TrimEnd();

    private static string Line(string source, UnmappedCode code) => JsonSerializer.Serialize(
        new UnmappedCodeLine(source, code.System, code.Code, code.Label, code.Unit, code.Count), CliJson.Readable.UnmappedCodeLine);

    /// <summary>Waits until every source has been probed once, or has had its time.</summary>
    internal static async Task SettleAsync(ISourceRegistry registry, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (registry.Current.Sources.Any(static source => source.State == SourceState.Starting) && TimeProvider.System.GetElapsedTime(started) < LongestProbe)
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
    }

    private static string Row(Source source) =>
        $"{source.Id,-20} {State(source),-14} {source.PluginId}{(source.PluginVersion is null ? "" : " " + source.PluginVersion)}  {source.Name}"
        + (source.StateReason is null ? "" : $"  ({source.StateReason})");

    private static string Line(Source source) => JsonSerializer.Serialize(
        new SourceLine(source.Id, source.Name, source.Region, source.PluginId, source.PluginVersion, State(source), source.StateReason), CliJson.Readable.SourceLine);

    private static string State(Source source) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(source.State.ToString());
}

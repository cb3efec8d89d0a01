using System.Collections.Immutable;
using DmpFederation.Hub.Connectors.Calls;
using DmpFederation.Hub.Connectors.Plugins;
using DmpFederation.Sdk;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Connectors.Registry;

/// <summary>Opens one source by its plug-in. Whatever fails becomes a state with a reason.</summary>
internal sealed class SourceOpener(
    PluginShelf shelf, IEnumerable<BuiltInPlugin> builtIn, ShutSources shutSources, IOptions<ConnectorsOptions> options, TimeProvider clock,
    ILogger<SourceOpener> logger)
{
    public async Task<Source> OpenAsync(SourcePlan plan)
    {
        var id = plan.Configuration.Id;
        if (plan.Shut is { } shut)
        {
            if (shut != SourceState.Disabled)
                logger.SourceShut(id, shut, plan.Reason!);
            return Describe(plan, shut, plan.Reason);
        }
        if (plan.Plugin is null)
        {
            return builtIn.FirstOrDefault(plugin => plugin.Id == plan.Configuration.PluginId) is { } part
                ? await OpenAsync(plan, part.Entry, null)
                : Describe(plan, SourceState.Disabled, $"plug-in '{plan.Configuration.PluginId}' is a part of the running hub; it is not asked here");
        }
        var activation = shelf.Acquire(plan.Plugin);
        if (activation.Plugin is not { } plugin)
        {
            logger.SourceShut(id, activation.State, activation.Reason);
            return Describe(plan, activation.State, activation.Reason);
        }
        return await OpenAsync(plan, plugin.Entry, plugin);
    }

    /// <param name="plan">The plan.</param>
    /// <param name="entry">The entry of its plug-in.</param>
    /// <param name="plugin">The plug-in, held for this source; null when it is a part of the hub.</param>
    private async Task<Source> OpenAsync(SourcePlan plan, IConnectorPlugin entry, LoadedPlugin? plugin)
    {
        var id = plan.Configuration.Id;
        var http = SourceHttp.Create(plan.Configuration.Budget, SharedAssemblies.SdkVersion.ToString(3));
        var version = plugin?.Version ?? SharedAssemblies.SdkVersion.ToString(3);
        var (connector, state, reason) = await OpenConnectorAsync(plan, entry, plugin, http);
        if (connector is null)
        {
            http.Dispose();
            logger.SourceShut(id, state, reason!);
            return Describe(plan, state, reason) with { PluginVersion = version };
        }
        var quarantined = shutSources.Holds(id, plan.Configuration.Fingerprint);
        return Describe(plan, quarantined ? SourceState.Quarantined : SourceState.Starting, quarantined ? CallReasons.WrongPatient : null) with
        {
            PluginVersion = version,
            Capabilities = CapabilitiesOf(connector),
            Connection = new SourceConnection(
                connector,
                plugin,
                http,
                new CallSlots(plan.Configuration.Budget.Concurrency),
                new CapabilityCircuits(id, options.Value.Circuit, clock, logger)),
        };
    }

    private async Task<(ISourceConnector? Connector, SourceState State, string? Reason)> OpenConnectorAsync(
        SourcePlan plan, IConnectorPlugin entry, LoadedPlugin? plugin, HttpClient http)
    {
        var opening = Task.Run(() => Open(plan, entry, http));
        try
        {
            var opened = await opening.WaitAsync(options.Value.OpenTimeout, clock);
            if (opened.Connector is null && plugin is not null)
                shelf.Release(plugin);
            return opened;
        }
        catch (TimeoutException)
        {
            _ = GiveBackAsync(plan.Configuration.Id, plugin, opening);
            return (null, SourceState.Malfunctioned, $"the plug-in did not open the source within {options.Value.OpenTimeout.TotalSeconds:0.#} s");
        }
    }

    /// <summary>Runs code of the plug-in: keeps neither its exceptions nor their messages.</summary>
    private (ISourceConnector? Connector, SourceState State, string? Reason) Open(SourcePlan plan, IConnectorPlugin entry, HttpClient http)
    {
        try
        {
            var folder = Path.Combine(options.Value.StateFolder, "sources", plan.Configuration.Id, "state");
            Directory.CreateDirectory(folder);
            var connector = entry.Open(new SourceContext
            {
                SourceId = plan.Configuration.Id,
                Settings = new SourceSettings(plan.Settings!.Values),
                Http = http,
                Clock = clock,
                PatientKeySystems = plan.Configuration.PatientKeySystems,
                StateFolder = folder,
            });
            return connector is null
                ? (null, SourceState.Malfunctioned, "the plug-in opened no connector")
                : (connector, SourceState.Starting, null);
        }
        catch (SourceSettingsException fault)
        {
            return (null, SourceState.Misconfigured, SettingProblem(plan, fault));
        }
        catch (Exception fault)
        {
            return (null, SourceState.Malfunctioned, $"the plug-in failed to open the source ({fault.GetType().Name})");
        }
    }

    /// <summary>The plug-in's sentence, unless it repeats a value: then only the setting is named.</summary>
    private static string SettingProblem(SourcePlan plan, SourceSettingsException fault)
    {
        var repeats = plan.Settings!.Values.Values.Any(value => value.Length > 2 && fault.Message.Contains(value, StringComparison.Ordinal));
        if (!repeats)
            return fault.Message;
        return plan.Plugin?.Manifest?.Settings.ContainsKey(fault.Setting) == true ? $"Setting '{fault.Setting}' is unusable." : "A setting is unusable.";
    }

    private async Task GiveBackAsync(
        string sourceId, LoadedPlugin? plugin, Task<(ISourceConnector? Connector, SourceState State, string? Reason)> opening)
    {
        try
        {
            if (await opening is { Connector: { } late })
                await late.DisposeAsync();
        }
        catch (Exception fault)
        {
            logger.CloseFailed(sourceId, fault.GetType().Name);
        }
        if (plugin is not null)
            shelf.Release(plugin);
    }

    private static Source Describe(SourcePlan plan, SourceState state, string? reason) => new()
    {
        Id = plan.Configuration.Id,
        Name = plan.Configuration.Name,
        Region = plan.Configuration.Region,
        PluginId = plan.Configuration.PluginId,
        PatientKeySystems = plan.Configuration.PatientKeySystems,
        MatchesByTraits = plan.Configuration.MatchesByTraits,
        RefusesBreakGlass = plan.Configuration.RefusesBreakGlass,
        AcceptsDeposits = plan.Configuration.AcceptsDeposits,
        Categories = plan.Configuration.Categories,
        Budget = plan.Configuration.Budget,
        Fingerprint = plan.Configuration.Fingerprint,
        Capabilities = [],
        Health = new SourceHealth(state, reason),
    };

    private static ImmutableArray<string> CapabilitiesOf(ISourceConnector connector)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        if (connector is IIdentityLookup)
            names.Add(nameof(IIdentityLookup));
        if (connector is IDocumentContent)
            names.Add(nameof(IDocumentContent));
        if (connector is IPatientDirectory)
            names.Add(nameof(IPatientDirectory));
        if (connector is IChangeFeed)
            names.Add(nameof(IChangeFeed));
        if (connector is IEntryWriter)
            names.Add(nameof(IEntryWriter));
        if (connector is IItemReplay)
            names.Add(nameof(IItemReplay));
        if (connector is IMappingReport)
            names.Add(nameof(IMappingReport));
        return names.ToImmutable();
    }
}

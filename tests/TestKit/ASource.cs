using System.Collections.Immutable;
using DmpFederation.Hub.Connectors;
using DmpFederation.Sdk;

namespace DmpFederation.TestKit;

/// <summary>Builds configured sources.</summary>
internal static class ASource
{
    /// <summary>An active source that understands the test INS and may hold any category.</summary>
    public static Source Named(string id, params ReadOnlySpan<EntryCategory> categories) => new()
    {
        Id = id,
        Name = id,
        Region = "essai",
        PluginId = "fake",
        PatientKeySystems = [PatientKeySystems.InsNirTest],
        Categories = [.. categories],
        Budget = new SourceBudget(),
        Capabilities = [],
        Health = new SourceHealth(SourceState.Active),
    };

    public static Source Understanding(this Source source, params ReadOnlySpan<string> systems) => source with { PatientKeySystems = [.. systems] };

    public static Source In(this Source source, SourceState state) => source with { Health = new SourceHealth(state, "a reason") };
}

/// <summary>A registry that never changes.</summary>
internal sealed class FixedRegistry(IEnumerable<Source> sources) : ISourceRegistry
{
    public RegistrySnapshot Current { get; } = new(1, sources.OrderBy(source => source.Id, StringComparer.Ordinal).ToImmutableArray());
}

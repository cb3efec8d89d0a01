using DmpFederation.Hub.Connectors;
using DmpFederation.Sdk;

namespace DmpFederation.TestKit.Api;

/// <summary>A registry whose sources are given.</summary>
internal sealed class FixedSources(params Source[] sources) : ISourceRegistry
{
    public RegistrySnapshot Current { get; } = new(1, sources);

    public static Source Source(string id, SourceState state = SourceState.Active, string? reason = null) => new()
    {
        Id = id,
        Name = $"Source {id}",
        Region = "franche-comte",
        PluginId = "cda-repository",
        PluginVersion = "1.0.0",
        PatientKeySystems = [PatientKeySystems.InsC, "urn:oid:1.2.3"],
        Categories = [EntryCategory.Document, EntryCategory.LabResult],
        Budget = new SourceBudget(),
        Capabilities = ["IDocumentContent"],
        Health = new SourceHealth(state, reason),
    };
}

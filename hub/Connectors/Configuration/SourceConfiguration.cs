using System.Collections.Immutable;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Configuration;

/// <summary>What <c>plugins.json</c> says, as far as it could be read.</summary>
/// <param name="PluginFolders">Folders as written, relative to the file, with their places.</param>
/// <param name="Sources">One per id, in the order written.</param>
/// <param name="FileFaults">Faults that make the file as a whole doubtful: after start, the last good sources are kept.</param>
/// <param name="EntryFaults">Faults of entries that cannot be shown as a source because they have no usable id.</param>
internal sealed record PluginsConfiguration(
    ImmutableArray<(string Path, string Place)> PluginFolders,
    ImmutableArray<SourceConfiguration> Sources,
    ImmutableArray<ConfigurationFault> FileFaults,
    ImmutableArray<ConfigurationFault> EntryFaults);

/// <summary>One entry of <c>sources</c>.</summary>
internal sealed record SourceConfiguration
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Region { get; init; }

    public required string PluginId { get; init; }

    public required bool Enabled { get; init; }

    public required ImmutableArray<string> PatientKeySystems { get; init; }

    /// <summary>Whether the source finds patients by certified traits, not by a key.</summary>
    public required bool MatchesByTraits { get; init; }

    /// <summary>Whether its charter refuses emergency access.</summary>
    public required bool RefusesBreakGlass { get; init; }

    /// <summary>Whether it takes what is deposited in the national record.</summary>
    public required bool AcceptsDeposits { get; init; }

    public required ImmutableArray<EntryCategory> Categories { get; init; }

    public required SourceBudget Budget { get; init; }

    /// <summary>Settings as written: references are not resolved yet.</summary>
    public required ImmutableSortedDictionary<string, string> Settings { get; init; }

    /// <summary>SHA-256 of the entry without its white space and comments: equal means nothing changed.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Path of the entry in the file.</summary>
    public required string Place { get; init; }

    /// <summary>Why the entry is unusable. Empty when it is well formed.</summary>
    public required ImmutableArray<ConfigurationFault> Faults { get; init; }
}

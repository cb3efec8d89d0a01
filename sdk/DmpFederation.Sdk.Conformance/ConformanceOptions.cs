namespace DmpFederation.Sdk.Conformance;

/// <summary>How the checks are run.</summary>
public sealed class ConformanceOptions
{
    /// <summary>Folder of <c>conformance.json</c>. Default: <c>conformance</c> in the plug-in's folder.</summary>
    public string? FixtureFolder { get; init; }

    /// <summary>Loads the plug-in. Default: <see cref="FolderLoader"/>.</summary>
    public IPluginLoader Loader { get; init; } = new FolderLoader();

    /// <summary>Longest time one call of the plug-in may take before it counts as hanging. Default 10 s.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Longest time a call may go on after its cancellation. Default 1 s, as the contract says; a busy machine may need more. The best of three
    /// attempts counts.
    /// </summary>
    public TimeSpan CancellationLimit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the plug-in is loaded, used and unloaded to prove that it leaves the memory. Default 3.</summary>
    public int UnloadCycles { get; init; } = 3;

    /// <summary>Told of each check as it ends. Default: nobody.</summary>
    public IProgress<CheckResult>? Progress { get; init; }
}

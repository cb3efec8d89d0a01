using DmpFederation.Sdk.Conformance.Checks;

namespace DmpFederation.Sdk.Conformance;

/// <summary>Checks a plug-in against the contract of <c>DmpFederation.Sdk</c>.</summary>
public static class ConformanceKit
{
    /// <summary>
    /// Runs every check. Whatever the plug-in does, short of ending the process, becomes a failed check: it hangs, blocks, throws from odd places or
    /// on a thread of its own. One check runs at a time; calls at the same time in one process wait for each other.
    /// </summary>
    /// <param name="pluginFolder">Folder with the plug-in's <c>plugin.json</c>.</param>
    /// <param name="options">Null takes the defaults.</param>
    /// <param name="cancellationToken">Ends the run between two checks.</param>
    public static Task<ConformanceReport> CheckAsync(
        string pluginFolder, ConformanceOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(pluginFolder);
        return CheckRun.RunAsync(Path.GetFullPath(pluginFolder), options ?? new ConformanceOptions(), cancellationToken);
    }
}

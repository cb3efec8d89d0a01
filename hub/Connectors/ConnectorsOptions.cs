using System.ComponentModel.DataAnnotations;

namespace DmpFederation.Hub.Connectors;

/// <summary>Settings of the connectors, section <c>Connectors</c>.</summary>
internal sealed class ConnectorsOptions
{
    public const string Section = "Connectors";

    /// <summary>
    /// The file that names sources and plug-in folders. Default: <c>plugins.json</c> in the current folder when there is one, else beside the hub.
    /// </summary>
    [Required]
    public string PluginsFile { get; set; } = DefaultPluginsFile();

    /// <summary>Folder of built-in plug-ins. Default: <c>plugins</c> beside the hub.</summary>
    [Required]
    public string BuiltInPlugins { get; set; } = Path.Combine(AppContext.BaseDirectory, "plugins");

    /// <summary>Folder for copies of plug-ins and for what connectors may rebuild. Default: below the user's local application data.</summary>
    [Required]
    public string StateFolder { get; set; } = DefaultStateFolder();

    /// <summary>How often a source that is not active is probed. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often an active source is probed. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan ActiveProbeInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest probe. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Quiet time after a change of a watched file before it is read. Default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ChangeDebounce { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often the files are looked at even when no change was signalled: watchers miss events on some file systems. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for the calls of a removed source before they are cancelled. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest opening of a source by its plug-in. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan OpenTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Bounds of the circuits.</summary>
    [Required]
    public CircuitOptions Circuit { get; set; } = new();

    private static string DefaultPluginsFile()
    {
        var here = Path.Combine(Directory.GetCurrentDirectory(), "plugins.json");
        return File.Exists(here) ? here : Path.Combine(AppContext.BaseDirectory, "plugins.json");
    }

    private static string DefaultStateFolder()
    {
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return Path.Combine(local.Length > 0 ? local : Path.GetTempPath(), "DmpFederation", "hub");
    }
}

/// <summary>When a circuit opens and how soon it tries again.</summary>
internal sealed class CircuitOptions
{
    /// <summary>Share of failed calls that opens it. Default 0.5.</summary>
    [Range(0.01, 1.0)]
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>Calls within the sampling time below which it stays closed. Default 4.</summary>
    [Range(2, 1000)]
    public int MinimumCalls { get; set; } = 4;

    /// <summary>Time over which calls are counted. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan Sampling { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Time it stays open before one call tries again. Default 2 s: a source that is back is asked soon.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan Break { get; set; } = TimeSpan.FromSeconds(2);
}

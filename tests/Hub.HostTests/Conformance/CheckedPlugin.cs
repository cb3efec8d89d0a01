using System.Text.Json;
using DmpFederation.Hub.Cli;
using DmpFederation.Hub.HostTests.Connectors;

namespace DmpFederation.Hub.HostTests.Conformance;

/// <summary>One run of <c>connector check</c>.</summary>
/// <param name="Exit">Exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error.</param>
internal sealed record CheckedPlugin(int Exit, string Output, string Errors)
{
    /// <summary>Generous for a busy machine; a call that hangs costs the whole deadline.</summary>
    private static readonly string[] Bounds = ["--deadline", "6", "--cancellation", "5"];

    /// <summary>Ids of the checks that failed, with what was seen.</summary>
    public IReadOnlyDictionary<string, string> Failures => ChecksOf("failed");

    public IReadOnlyDictionary<string, string> NotApplicable => ChecksOf("notApplicable");

    /// <param name="plugin">A plug-in's folder.</param>
    /// <param name="arguments">Further arguments.</param>
    public static async Task<CheckedPlugin> RunAsync(string plugin, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exit = await HubCommandLine.RunAsync(["connector", "check", plugin, .. Bounds, .. arguments], TextReader.Null, output, errors);
        return new CheckedPlugin(exit, output.ToString(), errors.ToString());
    }

    /// <summary>Checks the careless plug-in over a fixture made of its own.</summary>
    public static async Task<CheckedPlugin> CarelessAsync(FixtureCopy fixture)
    {
        using (fixture)
            return await RunAsync(PluginOutput.Of("tests", "BadPlugins", "Careless"), "--json", "--fixture", fixture.Folder);
    }

    private Dictionary<string, string> ChecksOf(string status)
    {
        using var report = JsonDocument.Parse(Output);
        return report.RootElement.GetProperty("checks").EnumerateArray()
            .Where(check => check.GetProperty("status").GetString() == status)
            .ToDictionary(check => check.GetProperty("id").GetString()!, check => check.GetProperty("problem").GetString()!);
    }
}

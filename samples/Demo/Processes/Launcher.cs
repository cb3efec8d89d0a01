using System.Runtime.Versioning;

namespace DmpFederation.Demo.Processes;

/// <summary>
/// <c>dotnet run</c> stands between the user and the demo. If it is killed outright it cannot pass that on, and the demo would go on for ever with
/// every port taken: so the demo ends when it loses a parent of that kind.
/// </summary>
internal static class Launcher
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static async Task EndWithDotnetRunAsync(IHostApplicationLifetime lifetime, TimeProvider clock)
    {
        if (!OperatingSystem.IsLinux() || Parent() is not { } parent || !IsDotnetRun(parent))
            return;
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(lifetime.ApplicationStopping))
            {
                if (Parent() == parent)
                    continue;
                lifetime.StopApplication();
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // The demo ends for another reason.
            return;
        }
    }

    [SupportedOSPlatform("linux")]
    private static int? Parent()
    {
        // Field 4 of the status line; the name before it is in parentheses and may hold anything.
        var status = File.ReadAllText("/proc/self/stat");
        var fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
        return int.TryParse(fields[1], out var pid) ? pid : null;
    }

    [SupportedOSPlatform("linux")]
    private static bool IsDotnetRun(int pid)
    {
        var path = $"/proc/{pid}/cmdline";
        if (!File.Exists(path))
            return false;
        var words = File.ReadAllText(path).Split('\0');
        return words.Length > 1 && Path.GetFileName(words[0]) == "dotnet" && words.Contains("run");
    }
}

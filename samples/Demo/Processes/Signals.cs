using System.Runtime.InteropServices;

namespace DmpFederation.Demo.Processes;

/// <summary>POSIX signals to a child; the framework knows no way to make a process hang.</summary>
internal static class Signals
{
    public const int Terminate = 15;

    /// <summary>In place of a pid: every process of the caller's group.</summary>
    public const int OwnGroup = 0;

    /// <summary>Numbers differ between Linux and the BSD family.</summary>
    public static int Stop => OperatingSystem.IsLinux() ? 19 : 17;

    public static int Continue => OperatingSystem.IsLinux() ? 18 : 19;

    public static bool Supported => !OperatingSystem.IsWindows();

    public static bool Send(int pid, int signal) => Kill(pid, signal) == 0;

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int pid, int signal);
}

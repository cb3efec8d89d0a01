using System.Diagnostics;
using Xunit;

namespace DmpFederation.Hub.HostTests.Audit;

/// <summary>A real file system of two megabytes, which a test may fill and make read-only. Needs Linux and the right to mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string ballast;

    private SmallDisk(string folder)
    {
        Folder = folder;
        ballast = Path.Combine(folder, "ballast");
    }

    public string Folder { get; }

    /// <summary>Skips the test where it cannot be had.</summary>
    public static SmallDisk At(string folder)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "small disks are mounted on Linux");
        Directory.CreateDirectory(folder);
        Skip.IfNot(Run("mount", "-t", "tmpfs", "-o", "size=2m,mode=700", "tmpfs", folder), "no right to mount a file system");
        return new SmallDisk(folder);
    }

    /// <summary>Leaves not one block free.</summary>
    public void Fill()
    {
        using var file = new FileStream(ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            var block = new byte[4_096];
            while (true)
                file.Write(block);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Empty() => File.Delete(ballast);

    public void MakeReadOnly(bool readOnly)
    {
        if (!Run("mount", "-o", $"remount,{(readOnly ? "ro" : "rw")}", Folder))
            throw new InvalidOperationException("The small disk cannot be mounted again.");
    }

    public void Dispose() => Run("umount", "-l", Folder);

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

using System.Diagnostics;

namespace DmpFederation.Demo.Processes;

/// <summary>How every program of the demo is started: by the same dotnet, beside its own files, without proxies, and no longer than the demo.</summary>
internal static class ChildEnvironment
{
    private static readonly string[] Unwanted =
    [
        "http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "ASPNETCORE_URLS", "DOTNET_URLS", "URLS", "ASPNETCORE_HTTP_PORTS",
        "DOTNET_LAUNCH_PROFILE",
    ];

    /// <param name="assembly">Full path of the program's assembly.</param>
    public static ProcessStartInfo Dotnet(string assembly)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            WorkingDirectory = Path.GetDirectoryName(assembly)!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var name in Unwanted)
            start.Environment.Remove(name);
        start.Environment["NO_PROXY"] = "127.0.0.1,localhost";
        start.Environment["no_proxy"] = "127.0.0.1,localhost";
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(ChildEnvironment).Assembly.Location;
        start.ArgumentList.Add(assembly);
        return start;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code, and what it said and complained of.</returns>
    /// <exception cref="DemoFault">It could not be started.</exception>
    public static async Task<(int Exit, string Said, string Complained)> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        start.RedirectStandardError = true;
        using var process = Process.Start(start) ?? throw new DemoFault($"{Path.GetFileName(start.ArgumentList[0])} could not be started.");
        var said = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var complained = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, (await said).Trim(), complained.Trim());
    }
}

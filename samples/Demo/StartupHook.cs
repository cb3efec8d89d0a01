using DmpFederation.Demo.Processes;

/// <summary>
/// Runs in every program the demo starts, before its Main (DOTNET_STARTUP_HOOKS): standard input is a pipe the demo holds and never writes to.
/// When it ends, the demo is gone, however it died, and so must its programs be. The runtime asks for this very name, in no namespace.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        // A program's own children are not the demo's.
        Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", null);
        var watch = new Thread(EndWithTheDemo) { IsBackground = true, Name = "demo watch" };
        watch.Start();
    }

    private static void EndWithTheDemo()
    {
        using var input = Console.OpenStandardInput();
        Span<byte> nothing = stackalloc byte[1];
        while (input.Read(nothing) > 0)
        {
        }

        // A sibling somebody stopped cannot see the end. All share the demo's process group, and to those that run this signal means nothing.
        if (Signals.Supported)
            Signals.Send(Signals.OwnGroup, Signals.Continue);
        Environment.Exit(0);
    }
}

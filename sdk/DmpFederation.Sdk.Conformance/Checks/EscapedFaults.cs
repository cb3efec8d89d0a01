using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary>
/// Exceptions a plug-in lets out of a thread of its own or of <c>async void</c>. In the hub they end the process; here they are noted. Only those
/// whose throwing code was loaded into a collectible context are taken; all others go their way.
/// </summary>
internal static class EscapedFaults
{
    private static readonly ConcurrentQueue<string> Seen = [];
    private static readonly Lazy<bool> Installed = new(Install);

    /// <summary>False when the process has a handler of its own: such an exception then ends it.</summary>
    public static bool Watch() => Installed.Value;

    /// <summary>Types of the exceptions seen since the last call.</summary>
    public static IReadOnlyList<string> Take()
    {
        var taken = new List<string>();
        while (Seen.TryDequeue(out var one))
            taken.Add(one);
        return taken;
    }

    private static bool Install()
    {
        try
        {
            ExceptionHandling.SetUnhandledExceptionHandler(static fault =>
            {
                if (!IsOfPlugin(fault))
                    return false;
                Seen.Enqueue(fault.GetType().Name);
                return true;
            });
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsOfPlugin(Exception fault) =>
        new StackTrace(fault).GetFrames().Any(frame => frame.GetMethod()?.Module.Assembly.IsCollectible == true);
}

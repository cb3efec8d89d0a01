using System.Net;
using System.Net.Sockets;

namespace DmpFederation.Demo.Processes;

/// <summary>Looks before anything is started whether somebody else already listens.</summary>
internal static class FreePorts
{
    /// <exception cref="DemoFault">Names every port that is taken, and what to do.</exception>
    public static void Require(DemoPorts ports, bool portal)
    {
        var taken = ports.All(portal).Where(item => IsTaken(item.Port)).ToList();
        if (taken.Count == 0)
            return;
        var names = string.Join(", ", taken.Select(item => $"{item.Port} ({item.Name})"));
        throw new DemoFault(
            $"Already in use on 127.0.0.1: port {names}. Stop what listens there (another demo?), or choose other ports with --port-base N: "
            + $"the hub takes N (now {ports.Base}), the others up to N+27.");
    }

    private static bool IsTaken(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}

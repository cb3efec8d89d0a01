using System.Net;
using System.Net.Sockets;

namespace DmpFederation.Hub.HostTests.Demo;

internal static class FreePorts
{
    /// <summary>A base under which every port the demo opens is free now.</summary>
    public static int FindBase()
    {
        for (var candidate = 20000 + Environment.ProcessId % 2000 * 10; candidate < 60000; candidate += 200)
            if (Enumerable.Range(candidate, 30).All(IsFree))
                return candidate;
        throw new InvalidOperationException("No free block of ports.");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace PatchBot.Tests.EndToEnd.Support;

/// <summary>For programs that must be told their port, or another's before that one listens.</summary>
internal static class FreePort
{
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace PatchBot.Benchmarks.Load;

/// <summary>
/// One HTTP/1.1 connection that stays open and carries one call after the other. It does as little as can be done: what the
/// caller uses of a machine's processors is not left to the program that is measured.
/// </summary>
internal sealed class KeptConnection : IDisposable
{
    private static readonly byte[] EndOfLine = "\r\n"u8.ToArray();
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] received = new byte[64 * 1024];
    private int length;

    public KeptConnection(Uri address) => socket.Connect(address.Host, address.Port);

    public void Dispose() => socket.Dispose();

    /// <param name="headers">Each ends with a line break of its own.</param>
    /// <returns>A request as it goes over the wire.</returns>
    public static byte[] Post(Uri address, string headers, byte[] body) =>
        [.. Encoding.ASCII.GetBytes($"POST {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\n{headers}Content-Length: {body.Length}\r\n\r\n"), .. body];

    /// <returns>The answer's body; good until the next call.</returns>
    /// <exception cref="InvalidOperationException">It is no success, or its length is told neither by <c>Content-Length</c> nor chunk by chunk.</exception>
    /// <exception cref="SocketException">The connection broke.</exception>
    public ReadOnlySpan<byte> Call(byte[] request)
    {
        for (var sent = 0; sent < request.Length;)
        {
            sent += socket.Send(request.AsSpan(sent));
        }

        length = 0;
        var head = -1;
        while ((head = received.AsSpan(0, length).IndexOf(EndOfHead)) < 0)
        {
            Receive();
        }

        var told = Encoding.ASCII.GetString(received, 0, head);
        if (!told.StartsWith("HTTP/1.1 2", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"A call was answered: {told.Split('\r')[0]}");
        }

        var start = head + EndOfHead.Length;
        return told.Contains("\r\nTransfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase) ? Chunks(start) : Body(start, LengthOf(told));
    }

    private ReadOnlySpan<byte> Body(int start, int size)
    {
        while (length < start + size)
        {
            Receive();
        }

        return received.AsSpan(start, size);
    }

    // Each chunk is moved to the end of the ones before it.
    private ReadOnlySpan<byte> Chunks(int start)
    {
        var (at, end) = (start, start);
        while (true)
        {
            int line;
            while ((line = received.AsSpan(at, length - at).IndexOf(EndOfLine)) < 0)
            {
                Receive();
            }

            var size = int.Parse(received.AsSpan(at, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            at += line + EndOfLine.Length;
            var chunk = Body(at, size + EndOfLine.Length)[..size];
            if (size == 0)
            {
                return received.AsSpan(start, end - start);
            }

            chunk.CopyTo(received.AsSpan(end));
            (at, end) = (at + size + EndOfLine.Length, end + size);
        }
    }

    private void Receive()
    {
        if (length == received.Length)
        {
            Array.Resize(ref received, 2 * length);
        }

        var more = socket.Receive(received.AsSpan(length));
        length += more > 0 ? more : throw new InvalidOperationException("The connection was closed in the middle of an answer.");
    }

    private static int LengthOf(string head)
    {
        const string Length = "\r\nContent-Length: ";
        var at = head.IndexOf(Length, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return head.StartsWith("HTTP/1.1 204", StringComparison.Ordinal) ? 0 : throw new InvalidOperationException($"An answer does not tell its length: {head}");
        }

        var number = head[(at + Length.Length)..].Split('\r')[0];
        return int.Parse(number, CultureInfo.InvariantCulture);
    }
}

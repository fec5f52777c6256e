using System.Buffers;
using System.Net.WebSockets;

namespace PatchBot.Adapters.Slack.Socket;

/// <summary>Reads whole messages, in however many parts they come. One that is too large is left out.</summary>
internal sealed class MessageReader(WebSocket socket, LeftOutLog leftOut)
{
    /// <summary>Bytes; no envelope comes near it.</summary>
    private const int LargestMessage = 2 << 20;

    private readonly ArrayBufferWriter<byte> message = new(8_192);

    /// <returns><see langword="null"/> at the close.</returns>
    /// <exception cref="WebSocketException">The socket broke.</exception>
    public async Task<byte[]?> ReadAsync()
    {
        while (true)
        {
            message.ResetWrittenCount();
            var tooLarge = false;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(message.GetMemory(4_096), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                tooLarge |= message.WrittenCount + part.Count > LargestMessage;
                if (!tooLarge)
                {
                    message.Advance(part.Count);
                }
            }
            while (!part.EndOfMessage);
            if (!tooLarge)
            {
                return message.WrittenSpan.ToArray();
            }

            leftOut.WriteTooLarge(LargestMessage);
        }
    }
}

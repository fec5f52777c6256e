using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace PatchBot.Tests.Slack.Socket.Stub;

/// <summary>One socket as Slack sees it.</summary>
internal sealed class StubSocket(WebSocket socket, int number) : IDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> awaited = new();
    private readonly ConcurrentQueue<string> received = new();
    private readonly TaskCompletionSource deaf = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim sending = new(1);

    /// <summary>In the order in which they were opened, from 1.</summary>
    public int Number { get; } = number;

    public bool IsOpen { get; private set; } = true;

    /// <summary>How the bot closed it; <see langword="null"/> while it has not.</summary>
    public WebSocketCloseStatus? ClosedWith { get; private set; }

    public IReadOnlyList<string> Received => [.. received];

    /// <summary>Neither reads nor answers pings from now on.</summary>
    public bool IsDeaf { get; set; }

    public async Task ListenAsync()
    {
        var buffer = new byte[65_536];
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer, CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    ClosedWith = part.CloseStatus;
                    IsOpen = false;
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                    return;
                }

                var text = Encoding.UTF8.GetString(buffer, 0, part.Count);
                received.Enqueue(text);
                if (JsonDocument.Parse(text).RootElement.GetProperty("envelope_id").GetString() is { } id && awaited.TryRemove(id, out var waiting))
                {
                    waiting.TrySetResult(text);
                }

                if (IsDeaf)
                {
                    await deaf.Task;
                }
            }
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Gone.
        }
        finally
        {
            IsOpen = false;
        }
    }

    /// <returns>The acknowledgement; <see langword="null"/> when there is none in time.</returns>
    public async Task<string?> DeliverAsync(string type, string payload, bool acceptsPayload, int attempt, TimeSpan patience)
    {
        var id = $"{Guid.NewGuid()}";
        var waiting = awaited[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await SendAsync(Envelope(id, type, payload, acceptsPayload, attempt));
            return await waiting.Task.WaitAsync(patience);
        }
        catch (Exception fault) when (fault is TimeoutException or WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            return null;
        }
    }

    public static string Envelope(string id, string type, string payload, bool acceptsPayload = false, int attempt = 0) =>
        $"{{\"envelope_id\":\"{id}\",\"type\":\"{type}\",\"accepts_response_payload\":{(acceptsPayload ? "true" : "false")},\"retry_attempt\":{attempt},\"retry_reason\":\"\",\"payload\":{payload}}}";

    public Task DisconnectAsync(string reason) =>
        SendAsync($"{{\"type\":\"disconnect\",\"reason\":\"{reason}\",\"debug_info\":{{\"host\":\"applink\"}}}}");

    public Task SendAsync(string text) => SendAsync([Encoding.UTF8.GetBytes(text)]);

    /// <summary>One message in several frames.</summary>
    public async Task SendAsync(IReadOnlyList<ReadOnlyMemory<byte>> parts, WebSocketMessageType type = WebSocketMessageType.Text)
    {
        await sending.WaitAsync();
        try
        {
            foreach (var (part, index) in parts.Select((part, index) => (part, index)))
            {
                await socket.SendAsync(part, type, endOfMessage: index == parts.Count - 1, CancellationToken.None);
            }
        }
        finally
        {
            sending.Release();
        }
    }

    public void Dispose() => sending.Dispose();

    public void Abort()
    {
        IsOpen = false;
        deaf.TrySetResult();
        socket.Abort();
    }
}

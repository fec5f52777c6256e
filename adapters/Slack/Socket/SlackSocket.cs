using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace PatchBot.Adapters.Slack.Socket;

/// <summary>Why a socket needs a successor.</summary>
internal enum SocketEnd
{
    /// <summary>It is about to be closed and still serves.</summary>
    Refresh,

    /// <summary>It is gone.</summary>
    Lost,

    /// <summary>Socket Mode was switched off in the app's settings.</summary>
    Disabled,
}

/// <summary>
/// One socket to Slack, from its greeting to its close. Envelopes are answered side by side, each as its turn is done; what is
/// not acknowledged Slack delivers again, over any socket.
/// </summary>
internal sealed partial class SlackSocket : IAsyncDisposable
{
    /// <summary>What comes beyond waits in the socket.</summary>
    private const int MostAtOnce = 32;

    // A socket lives for hours; several of one process do not end together.
    private const double EarliestRefresh = 0.8, LatestRefresh = 0.95;

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1);
    private readonly SemaphoreSlim room = new(MostAtOnce);
    private readonly ConcurrentDictionary<Task, byte> underWay = new();
    private readonly TaskCompletionSource<SocketFrame> greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<SocketEnd> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly EnvelopeTurns turns;
    private readonly SocketTimes times;
    private readonly LeftOutLog leftOut;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private Task listening = Task.CompletedTask;
    private TimeSpan? expectedLife;

    private SlackSocket(EnvelopeTurns turns, SocketTimes times, LeftOutLog leftOut, TimeProvider clock, ILogger logger)
    {
        (this.turns, this.times, this.leftOut, this.clock, this.logger) = (turns, times, leftOut, clock, logger);
        socket.Options.KeepAliveInterval = times.Ping;
        socket.Options.KeepAliveTimeout = times.Pong;
    }

    /// <summary>Whether envelopes can come over it.</summary>
    public bool IsServing => !listening.IsCompleted;

    /// <summary>Opens a socket; it serves once Slack has greeted.</summary>
    /// <exception cref="WebSocketException">There is none, or no greeting.</exception>
    public static async Task<SlackSocket> OpenAsync(
        Uri address, EnvelopeTurns turns, SocketTimes times, LeftOutLog leftOut, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        var opened = new SlackSocket(turns, times, leftOut, clock, logger);
        try
        {
            using var inTime = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            inTime.CancelAfter(times.Greeting);
            await opened.socket.ConnectAsync(address, inTime.Token);
            opened.listening = Task.Run(opened.ListenAsync, CancellationToken.None);
            var hello = await opened.greeted.Task.WaitAsync(inTime.Token);
            opened.expectedLife = hello.DebugInfo?.ApproximateConnectionTime is { } seconds and > 0 ? TimeSpan.FromSeconds(Math.Min(seconds, 86_400)) : null;
            return opened;
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            await opened.DisposeAsync();
            throw new WebSocketException("The socket was not greeted in time.", fault);
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the socket needs a successor: Slack says so, it is gone, or it has lived for most of its time.</summary>
    public async Task<SocketEnd> EndAsync(CancellationToken cancellationToken)
    {
        if (expectedLife is not { } life)
        {
            return await ended.Task.WaitAsync(cancellationToken);
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var share = EarliestRefresh + ((LatestRefresh - EarliestRefresh) * Random.Shared.NextDouble());
        await Task.WhenAny(ended.Task, Task.Delay(life * share, clock, over.Token));
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return ended.Task.IsCompleted ? await ended.Task : SocketEnd.Refresh;
    }

    /// <summary>Serves on beside its successor for a while, then closes.</summary>
    public async Task RetireAsync(CancellationToken stopping)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(listening, Task.Delay(times.Overlap, clock, over.Token));
        await over.CancelAsync();
        await DisposeAsync();
    }

    /// <summary>Finishes and acknowledges what is under way, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await WaitAsync(Task.WhenAll(underWay.Keys), times.Finishing);
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            using var inTime = new CancellationTokenSource(times.Closing);
            await Quietly(() => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, inTime.Token));
            await WaitAsync(listening, times.Closing);
        }

        // Ends the listening where Slack did not answer; it may wait for a place that a slow turn holds.
        socket.Dispose();
        await WaitAsync(listening, times.Closing);
    }

    private async Task ListenAsync()
    {
        var reader = new MessageReader(socket, leftOut);
        try
        {
            while (await reader.ReadAsync() is { } message)
            {
                await TakeAsync(message);
            }
        }
#pragma warning disable CA1031 // However it broke: there is a successor, and Slack delivers again what was not acknowledged.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogBroke(fault.GetType().Name);
        }

        ended.TrySetResult(SocketEnd.Lost);
        greeted.TrySetException(new WebSocketException("The socket ended before its greeting."));
        _ = greeted.Task.Exception;
    }

    private async Task TakeAsync(byte[] json)
    {
        SocketFrame frame;
        try
        {
            frame = SocketFrame.Read(json);
        }
        catch (JsonException)
        {
            leftOut.WriteGarbage(json.Length);
            return;
        }

        if (frame.EnvelopeId is { Length: > 0 })
        {
            await room.WaitAsync();
            Keep(Task.Run(() => AnswerAsync(frame)));
        }
        else if (frame.Type == "hello")
        {
            greeted.TrySetResult(frame);
        }
        else if (frame.Type == "disconnect")
        {
            LogDisconnect(frame.Reason ?? "");
            ended.TrySetResult(frame.Reason == "link_disabled" ? SocketEnd.Disabled : SocketEnd.Refresh);
        }
    }

    private async Task AnswerAsync(SocketFrame envelope)
    {
        try
        {
            var acknowledgement = await turns.AnswerAsync(envelope, CancellationToken.None);
            if (acknowledgement.Length > 0)
            {
                await SendAsync(acknowledgement);
            }
        }
        catch (Exception fault) when (fault is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            LogNotAcknowledged(envelope.EnvelopeId!, envelope.Type ?? "");
        }
#pragma warning disable CA1031 // Slack delivers again what was not acknowledged.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogNotAnswered(fault, envelope.EnvelopeId!, envelope.Type ?? "");
        }
        finally
        {
            room.Release();
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> acknowledgement)
    {
        await sending.WaitAsync();
        try
        {
            await socket.SendAsync(acknowledgement, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            sending.Release();
        }
    }

    private void Keep(Task task)
    {
        underWay[task] = 0;
        _ = task.ContinueWith(done => underWay.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static async Task WaitAsync(Task task, TimeSpan patience) => await Quietly(() => task.WaitAsync(patience));

    private static async Task Quietly(Func<Task> closing)
    {
        try
        {
            await closing();
        }
        catch (Exception fault) when (fault is TimeoutException or WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // It is on its way out.
        }
    }

    [LoggerMessage(9401, LogLevel.Debug, "A socket of Slack broke ({Fault})")]
    private partial void LogBroke(string fault);

    [LoggerMessage(9404, LogLevel.Debug, "Slack announced the end of a socket: {Reason}")]
    private partial void LogDisconnect(string reason);

    [LoggerMessage(9405, LogLevel.Information, "The socket ended before envelope {Envelope} ({Type}) was acknowledged; Slack delivers it again")]
    private partial void LogNotAcknowledged(string envelope, string type);

    [LoggerMessage(9406, LogLevel.Error, "Envelope {Envelope} ({Type}) failed and is not acknowledged; Slack delivers it again")]
    private partial void LogNotAnswered(Exception fault, string envelope, string type);
}

using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using PatchBot.Adapters.Slack.Install;

namespace PatchBot.Adapters.Slack.Socket;

/// <summary>
/// Keeps one socket open at all times: its successor is there before it goes, and what breaks is opened again, sooner at first
/// and later as it goes on.
/// </summary>
internal sealed partial class SocketLine(
    SocketDoor door, EnvelopeTurns turns, ISocketAlarm alarm, SocketTimes times, LeftOutLog leftOut, TimeProvider clock, ILogger logger)
{
    // One that ends sooner has not worked.
    private static readonly TimeSpan LeastLife = TimeSpan.FromSeconds(30);

    private readonly List<Task> retiring = [];
    private volatile SlackSocket? current;
    private int failures;

    /// <summary>Whether envelopes can come over it.</summary>
    public bool IsOpen => current is { IsServing: true };

    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                var next = await OpenAsync(stopping);
                if (current is not null)
                {
                    Retire(current, stopping);
                }

                var openedAt = clock.GetUtcNow();
                current = next;
                var end = await next.EndAsync(stopping);
                failures = clock.GetUtcNow() - openedAt >= LeastLife ? 0 : failures + 1;
                if (end == SocketEnd.Refresh)
                {
                    continue;
                }

                // What it took is still finished.
                Retire(next, stopping);
                current = null;
                if (end == SocketEnd.Disabled)
                {
                    await RefusedAsync(SlackRefusals.Disabled, stopping);
                }
                else
                {
                    LogLost();
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The end.
        }
        finally
        {
            await Task.WhenAll([.. retiring, current?.DisposeAsync().AsTask() ?? Task.CompletedTask]);
        }
    }

    private void Retire(SlackSocket socket, CancellationToken stopping)
    {
        retiring.RemoveAll(done => done.IsCompleted);
        retiring.Add(socket.RetireAsync(stopping));
    }

    private async Task<SlackSocket> OpenAsync(CancellationToken stopping)
    {
        while (true)
        {
            if (failures > 0)
            {
                await Task.Delay(Pause(), clock, stopping);
            }

            try
            {
                var opened = await SlackSocket.OpenAsync(await door.AddressAsync(stopping), turns, times, leftOut, clock, logger, stopping);
                LogOpened();
                return opened;
            }
            catch (SocketRefusedException fault)
            {
                await RefusedAsync(fault.Error, stopping);
            }
            catch (Exception fault) when (fault is SlackAwayException or WebSocketException)
            {
                failures++;
                LogNotOpened(
                    fault is SlackAwayException ? fault.Message : "Slack's address for sockets does not answer. Open the way there (wss) in proxy and firewall.", failures);
            }
        }
    }

    private async Task RefusedAsync(string error, CancellationToken stopping)
    {
        alarm.Raise(error);
        failures = 0;
        await Task.Delay(times.RefusedPause, clock, stopping);
    }

    // Several lines and processes lose their sockets at once; they are not to come back at once.
    private TimeSpan Pause()
    {
        var pause = times.Pause * Math.Min(failures, 100);
        return (pause < times.LongestPause ? pause : times.LongestPause) * (0.75 + (Random.Shared.NextDouble() / 2));
    }

    [LoggerMessage(9411, LogLevel.Information, "A socket to Slack is open")]
    private partial void LogOpened();

    [LoggerMessage(9412, LogLevel.Information, "A socket to Slack is gone; another one is opened")]
    private partial void LogLost();

    [LoggerMessage(9413, LogLevel.Warning, "No socket to Slack, after {Failures} tries: {Reason}")]
    private partial void LogNotOpened(string reason, int failures);
}

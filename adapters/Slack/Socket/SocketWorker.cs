using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Core;

namespace PatchBot.Adapters.Slack.Socket;

/// <summary>Hears Slack over as many sockets as the settings say; none without an app-level token.</summary>
internal sealed class SocketWorker : BackgroundService, ILifeline
{
    private readonly SocketLine[] lines;

    public SocketWorker(
        IOptions<SlackOptions> options, SocketDoor door, EnvelopeTurns turns, ISocketAlarm alarm, SocketTimes times, TimeProvider clock, ILogger<SocketWorker> logger)
    {
        var leftOut = new LeftOutLog(clock, logger);
        lines = [.. Enumerable.Range(0, options.Value.UsesSockets ? options.Value.Connections : 0).Select(_ => new SocketLine(door, turns, alarm, times, leftOut, clock, logger))];
    }

    public string? Fault => lines.Length == 0 || lines.Any(line => line.IsOpen)
        ? null
        : "No socket to Slack is open; the log says why.";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(lines.Select(line => line.RunAsync(stoppingToken)));
}

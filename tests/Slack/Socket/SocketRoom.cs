using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Slack.Socket;
using PatchBot.Tests.Slack.Socket.Stub;
using PatchBot.Tests.Support;
using PatchBot.Tests.Teams.Trust;

namespace PatchBot.Tests.Slack.Socket;

/// <summary>The bot's sockets at a Slack of our own, with less patience than in earnest.</summary>
internal sealed class SocketRoom : IAsyncDisposable, ISocketAlarm
{
    private readonly LoggerFactory loggers;
    private readonly AppCalls calls;
    private readonly SocketDoor door;
    private readonly SocketWorker worker;

    private SocketRoom(SlackSocketStub slack, int connections, string environment, SocketTimes? times)
    {
        Slack = slack;
        loggers = new LoggerFactory([Log], new LoggerFilterOptions { MinLevel = LogLevel.Trace });
        var options = Options.Create(new SlackOptions { BotToken = "xoxb-1", AppToken = "xapp-1-secret", Connections = connections, ApiUrl = slack.Api });
        calls = new AppCalls(options, TimeProvider.System);
        door = new SocketDoor(calls, new TestEnvironment(environment), TimeProvider.System);
        worker = new SocketWorker(options, door, new EnvelopeTurns(Bot), this, times ?? Fast, TimeProvider.System, loggers.CreateLogger<SocketWorker>());
    }

    public static SocketTimes Fast { get; } = new()
    {
        Greeting = TimeSpan.FromSeconds(5),
        Ping = TimeSpan.FromMilliseconds(200),
        Pong = TimeSpan.FromMilliseconds(800),
        Overlap = TimeSpan.FromMilliseconds(300),
        Pause = TimeSpan.FromMilliseconds(20),
        LongestPause = TimeSpan.FromMilliseconds(100),
        RefusedPause = TimeSpan.FromMilliseconds(400),
    };

    public SlackSocketStub Slack { get; }

    public FakeDeliveries Bot { get; } = new();

    public CapturedLog Log { get; } = new();

    public ConcurrentQueue<string> Alarms { get; } = new();

    public string? Fault => worker.Fault;

    public static async Task<SocketRoom> OpenAsync(
        SlackSocketStub slack, int connections = 2, string environment = "Development", SocketTimes? times = null, bool opens = true)
    {
        var room = new SocketRoom(slack, connections, environment, times);
        await room.worker.StartAsync(Some.Token);
        if (opens)
        {
            await slack.OpenAsync(connections);
            await Eventually.IsAsync(() => room.Fault is null, "the bot knows that it is connected");
        }

        return room;
    }

    public void Raise(string error) => Alarms.Enqueue(SlackRefusals.NoSocket(error));

    public Task StopAsync() => worker.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        worker.Dispose();
        door.Dispose();
        calls.Dispose();
        loggers.Dispose();
    }
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.Delivery.Stops;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Delivery.Stops;

/// <summary>The bot as the host composes it, with two admins and a channel that its platform stops taking posts for.</summary>
internal sealed class StoppedChat(Chat chat) : IAsyncDisposable
{
    public const string Ada = "chat:t:ada";
    public const string Ben = "chat:t:ben";

    public Chat Chat => chat;

    public Lines Log { get; } = new();

    public IReadOnlyList<FakeMessage> Messages => chat.Platform.Messages;

    public static async Task<StoppedChat> StartAsync() => new(await Chat.StartAsync(["production"]));

    /// <summary>One post waits in the channel, and its platform refuses it for good.</summary>
    public async Task StopAsync()
    {
        chat.Platform.Weather = (channel, _, _) =>
            channel == Chat.Patching ? throw new DeliveryException("The bot was removed.", permanent: true) : Task.CompletedTask;
        await chat.WriteAsync(session => session.Posts.WantAsync(Chat.Patching, WelcomeCard.SubjectFor(alone: false), null, Some.Token));
        await DeliverAsync();
        Assert.Equal(ChannelState.Stopped, (await ChannelAsync()).State);
    }

    public async Task ReopenAsync()
    {
        chat.Platform.Weather = (_, _, _) => Task.CompletedTask;
        await chat.HandleAsync(new ChannelOpened(Chat.Patching, Chat.Admin, "back", "", "", Alone: false, Greets: false));
    }

    public StopNotices Notices(IRecord? record = null, IEnumerable<IChatPlatform>? platforms = null, string[]? admins = null)
    {
        var people = new PeopleOptions();
        foreach (var admin in admins ?? [Ada, Ben])
        {
            people.Admins.Add(admin);
        }

        return new StopNotices(record ?? chat.Record, platforms ?? [chat.Platform], Options.Create(people), chat.Get<IDelivery>(), chat.Clock, Log);
    }

    public StopNoticeWorker Worker() => new(Notices(), chat.Clock, NullLogger<StopNoticeWorker>.Instance);

    /// <summary>Delivers until nothing is due.</summary>
    public Task DeliverAsync()
    {
        chat.Clock.Advance(RightOfWay.Lull);
        return Delivering.RunAsync(chat.Get<Deliverer>());
    }

    public IReadOnlyList<FakeMessage> Told() => [.. Messages.Where(message => message.Channel.Id.StartsWith("direct-", StringComparison.Ordinal))];

    public async Task<Channel> ChannelAsync() => (await chat.ReadAsync(session => session.Channels.FindAsync(Chat.Patching, Some.Token)))!;

    /// <summary>The post that tells of a stop in someone's own chat.</summary>
    public async Task<Post?> PostInAsync(ChannelRef direct, ChannelRef? stopped = null)
    {
        var channel = (await chat.ReadAsync(session => session.Channels.FindAsync(stopped ?? Chat.Patching, Some.Token)))!;
        return await chat.ReadAsync(session => session.Posts.FindAsync(direct, StopCard.SubjectFor(channel.Ref, channel.StoppedAt!.Value), Some.Token));
    }

    public async Task<IReadOnlyList<string>> AuditAsync() =>
        [.. (await chat.ReadAsync(session => session.Audit.ReadFromAsync(1, 100, Some.Token))).Select(entry => entry.Event.Action)];

    public ValueTask DisposeAsync() => chat.DisposeAsync();

    internal sealed class Lines : ILogger<StopNotices>
    {
        public List<string> Warnings { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Warning)
            {
                lock (Warnings)
                {
                    Warnings.Add(formatter(state, exception));
                }
            }
        }
    }
}

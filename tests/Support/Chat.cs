using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PatchBot.Cards;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.Patches;
using PatchBot.Core.Patches.Intake;
using PatchBot.Core.Patches.Sources;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Rollouts;
using PatchBot.Host;
using PatchBot.Host.Settings;

namespace PatchBot.Tests.Support;

/// <summary>The bot as the host composes it, over a record of its own and a platform that only remembers; the rings are the trial's.</summary>
internal sealed class Chat : IAsyncDisposable
{
    public static readonly ChannelRef Patching = new("chat", "patching");
    public static readonly ChannelRef Announcements = new("chat", "announcements");
    public static readonly Person Admin = new(new PersonId("webchat:local:admin"), "Ada Admin");

    private readonly ServiceProvider services;
    private int deliveries;

    private Chat(ServiceProvider services, TestRecord record, FakeTimeProvider clock, FakeChat platform) =>
        (this.services, Record, Clock, Platform) = (services, record, clock, platform);

    public TestRecord Record { get; }

    public FakeTimeProvider Clock { get; }

    public FakeChat Platform { get; }

    /// <param name="follows">Rings whose patches the channel follows.</param>
    public static async Task<Chat> StartAsync(string[] follows, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("Relations:IncludeSeedRules", (string?)"false")])
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        var (read, faults) = PatchBotSettings.Read(configuration, AppContext.BaseDirectory);
        Assert.Empty(faults);
        var clock = new FakeTimeProvider(Some.Noon);
        var (record, platform) = (await TestRecord.CreateAsync(clock), new FakeChat());
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration)
            .AddPatchBot(read, clock)
            .AddSingleton<IRecord>(record)
            .AddSingleton<IChatPlatform>(platform)
            .BuildServiceProvider();
        var chat = new Chat(services, record, clock, platform);
        await chat.WriteAsync(async session =>
        {
            await session.Channels.SaveAsync(new Channel(Patching, "Patching", ChannelState.Active), Some.Token);
            foreach (var ring in follows)
            {
                await session.Channels.SubscribeAsync(new Subscription(Patching, ring, Topic.Patches), Some.Token);
            }
        });
        return chat;
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public Task<Answer> HandleAsync(ChatEvent chatEvent) => Get<IConversation>().HandleAsync(chatEvent, Some.Token);

    public Task<Answer> SayAsync(Person by, string text, string? thread = null, bool toBot = false, string? key = null, ChannelRef? channel = null, bool alone = false)
    {
        var delivery = key ?? $"d{++deliveries}";
        return HandleAsync(new MessagePosted(channel ?? Patching, by, delivery, $"said-{delivery}", thread, text, toBot || alone, alone));
    }

    /// <summary>Writes to the bot where nobody else reads along.</summary>
    public Task<Answer> WhisperAsync(Person by, string text) => SayAsync(by, text, channel: AloneWith(by), alone: true);

    public static ChannelRef AloneWith(Person by) => new(by.Id.Platform, $"direct-{by.Id.ObjectId}");

    /// <summary>Presses the button, or sends the form, that a message shows under a title.</summary>
    public Task<Answer> PressAsync(Person by, string message, string title, params (string Field, string Value)[] inputs)
    {
        var shown = Platform.Messages.Single(known => known.Id == message);
        var id = shown.Card.Actions.Single(action => action.Title == title) switch
        {
            PressAction press => press.Id,
            FormAction form => form.Form.Id,
            _ => throw new InvalidOperationException($"'{title}' does not reach the bot."),
        };
        return ActAsync(by, message, id, inputs);
    }

    public Task<Answer> ActAsync(Person by, string message, string action, params (string Field, string Value)[] inputs) =>
        HandleAsync(new ActionPressed(Patching, by, $"d{++deliveries}", message, message, action, inputs.ToDictionary(input => input.Field, input => input.Value)));

    /// <summary>Releases a patch; its card is then in the channel.</summary>
    /// <returns>The card's message.</returns>
    public async Task<string> ReleaseAsync(string patch = "KB5032196", PatchFacts? facts = null)
    {
        var document = new PatchDocument(new SightingOrigin("test", patch), patch, [new PatchRecord(new PatchId(patch), facts ?? Some.Facts())], new Dictionary<string, int>());
        await Get<PatchIntake>().TakeAsync(document, Person.Bot, new IntakeWish(), Some.Token);
        await DeliverAsync();
        return Platform.Messages.Last(message => message.Thread is null).Id;
    }

    /// <summary>A patch whose lab result has passed, ready to be decided.</summary>
    public async Task<string> ReleaseTestedAsync(string patch = "KB5032196")
    {
        var card = await ReleaseAsync(patch);
        await SayAsync(Some.Engineer, "pass on hv-lab-02, backups ok", card);
        await DeliverAsync();
        return card;
    }

    public Task DeliverAsync() => Get<IDelivery>().DeliverAsync(Patching, Some.Token);

    public ChatCard CardOf(string message) => Platform.Messages.Single(known => known.Id == message).Card;

    public Task WriteAsync(Func<IRecordSession, Task> work) => Record.WriteAsync(
        async (session, _) =>
        {
            await work(session);
            return true;
        },
        Some.Token);

    public Task<T> ReadAsync<T>(Func<IRecordSession, Task<T>> work) => Record.ReadAsync((session, _) => work(session), Some.Token);

    public async Task<IReadOnlyList<RolloutState>> StatesAsync(string patch = "KB5032196") =>
        [.. (await ReadAsync(session => session.Rollouts.OfPatchesAsync([new PatchId(patch)], Some.Token))).Select(rollout => rollout.State)];

    public static string Text(Answer answer) => answer switch
    {
        NoticeAnswer notice => notice.Text,
        ReplyAnswer reply => PatchBot.Cards.PlainText.PlainTextRenderer.Render(reply.Card),
        FormAnswer form => form.Form.Heading,
        _ => "",
    };

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Record.DisposeAsync();
    }
}

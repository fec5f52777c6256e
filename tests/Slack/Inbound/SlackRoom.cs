using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Slack.Inbound;
using PatchBot.Adapters.Slack.Inbound.Events;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Adapters.Wire;
using PatchBot.Cards.BlockKit;
using PatchBot.Core;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.Patches.Intake;
using PatchBot.Core.Patches.Sources;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Rollouts;
using PatchBot.Host;
using PatchBot.Host.Settings;
using PatchBot.Tests.Slack.Trust;
using PatchBot.Tests.Support;
using PatchBot.Tests.Teams.Trust;

namespace PatchBot.Tests.Slack.Inbound;

/// <summary>The bot as the host composes it, called over HTTP as Slack calls it; what it says goes to a Web API that only remembers.</summary>
internal sealed class SlackRoom : IAsyncDisposable
{
    public const string Team = "T01PATCH";
    public const string BotUser = "U0BOT";
    public const string BotId = "B0BOT";
    public const string Ops = "C02REL";
    public const string Mention = $"<@{BotUser}>";

    public static readonly Person Erin = Someone("U01ERIN", "Erin Engineer");
    public static readonly Person Max = Someone("U02MAX", "Max Manager");
    public static readonly Person Otto = Someone("U03OTTO", "Otto Outsider");
    public static readonly ChannelRef Channel = new("slack", Ops);

    private readonly WebApplication app;
    private readonly HttpClient client;
    private readonly TestRecord record;

    private SlackRoom(WebApplication app, TestRecord record, UnsteadyRecord unsteady, CapturedLog log)
    {
        (this.app, this.record, Record, Log) = (app, record, unsteady, log);
        client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public UnsteadyRecord Record { get; }

    public CapturedLog Log { get; }

    public FakeSlackApi Api => (FakeSlackApi)Get<ISlackApi>();

    public FakeWorkspaces Workspaces => (FakeWorkspaces)Get<IWorkspaces>();

    public static async Task<SlackRoom> StartAsync(SlackOptions? options = null, ILifeline? lifeline = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(
        [
            .. ProductionRing.Settings(Max), new("People:Engineers:0", Erin.Id.Value), new("People:Admins:0", Max.Id.Value),
        ]);
        var (read, faults) = PatchBotSettings.Read(builder.Configuration, AppContext.BaseDirectory);
        Assert.Empty(faults);
        var (record, log) = (await TestRecord.CreateAsync(), new CapturedLog());
        var unsteady = new UnsteadyRecord(record);
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.AddProvider(log).AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.AddRoutingCore()
            .AddPatchBot(read, TimeProvider.System)
            .AddWire()
            .AddSlackInbound()
            .AddSingleton(Options.Create(options ?? new SlackOptions { SigningSecret = SlackDoorstep.Secret }))
            .AddSingleton<IRecord>(unsteady)
            .AddSingleton<IWorkspaces, FakeWorkspaces>()
            .AddSingleton<ISlackApi, FakeSlackApi>();
        if (lifeline is not null)
        {
            builder.Services.AddSingleton(lifeline);
        }

        var app = builder.Build();
        app.MapSlackInbound();
        await app.StartAsync(Some.Token);

        var room = new SlackRoom(app, record, unsteady, log);
        room.Workspaces.Installed[Team] = new SlackWorkspace(Team, "Patch Works", BotUser, BotId, "A01APP", IsOrganisation: false);
        room.Api.Conversations[Ops] = new SlackConversation(Ops, "ops", IsArchived: false, IsMember: true, IsDirect: false, IsGroup: false);
        foreach (var person in (Person[])[Erin, Max, Otto])
        {
            room.Api.Users[person.Id.ObjectId] = new SlackUser(person.Id.ObjectId, Team, person.Name, IsBot: false, IsDeleted: false, IsGuest: false, TimeZone: null);
        }

        return room;
    }

    /// <summary>The bot was asked into the channel, the channel follows the ring, and a patch's card stands in it.</summary>
    /// <returns>The room, and the card's <c>ts</c>.</returns>
    public static async Task<(SlackRoom Room, string Card)> WithCardAsync()
    {
        var room = await StartAsync();
        await room.InviteAsync();
        return (room, await room.ReleaseAsync());
    }

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>What makes up for what the bot has not heard, as it is composed, by another clock.</summary>
    public ReconciliationWorker Worker(TimeProvider clock)
    {
        T Of<T>(params object[] parts) => ActivatorUtilities.CreateInstance<T>(app.Services, [clock, .. parts]);
        return Of<ReconciliationWorker>(Of<MissedMessages>(Of<HistoryReading>()), Of<Silences>());
    }

    public async Task InviteAsync()
    {
        await EventAsync(new JsonObject
        {
            ["type"] = "member_joined_channel", ["user"] = BotUser, ["channel"] = Ops, ["channel_type"] = "C", ["team"] = Team, ["inviter"] = Max.Id.ObjectId, ["event_ts"] = Deliveries.NextTs(),
        });
        await record.WriteAsync((session, token) => session.Channels.SubscribeAsync(new Subscription(Channel, "production", Topic.Patches), token), Some.Token);
    }

    public async Task<string> ReleaseAsync(string patch = "KB5032196", string? card = null)
    {
        var document = new PatchDocument(new SightingOrigin("test", patch), patch, [new PatchRecord(new PatchId(patch), Some.Facts())], new Dictionary<string, int>());
        await Get<PatchIntake>().TakeAsync(document, Person.Bot, new IntakeWish(), Some.Token);
        var ts = card ?? Deliveries.NextTs();
        await ShowAsync(ts, patch);
        return ts;
    }

    /// <summary>Erin has tested it, and the card shows so.</summary>
    public async Task TestedAsync(string card)
    {
        await EventAsync(Deliveries.Message(Erin.Id.ObjectId, "pass on hv-lab-02, backups ok", thread: card));
        await ShowAsync(card, "KB5032196");
    }

    /// <summary>A button of a patch's card as it is now.</summary>
    public async Task<JsonNode> ButtonAsync(string title, string patch = "KB5032196")
    {
        var card = await record.ReadAsync(
            async (session, token) =>
            {
                var post = (await session.Posts.FindAsync(Channel, PostSubject.Of("patch", patch), token))!;
                var source = app.Services.GetServices<ICardSource>().Single(source => source.Kind == post.Subject.Kind);
                return BlockKitRenderer.Message((await source.DrawAsync(session, post.Subject, Channel, token))!, new BlockKitOptions { PostId = post.Id });
            },
            Some.Token);
        return Button(JsonNode.Parse(card.Blocks.Span)!, title);
    }

    public static JsonNode Button(JsonNode blocks, string title) => blocks.AsArray()
        .Where(block => (string?)block!["type"] == "actions")
        .SelectMany(block => block!["elements"]!.AsArray())
        .First(element => ((string?)element!["text"]!["text"])!.StartsWith(title, StringComparison.Ordinal))!;

    public async Task<int> EventAsync(JsonNode happened) => (await PostAsync(Deliveries.Envelope(happened))).Status;

    public Task<(int Status, JsonNode? Body)> PostAsync(JsonNode envelope, int attempt = 0) =>
        CallAsync(Encoding.UTF8.GetBytes(envelope.ToJsonString()), "application/json", attempt);

    public Task<(int Status, JsonNode? Body)> InteractAsync(JsonNode payload) =>
        FormAsync(new Dictionary<string, string> { ["payload"] = payload.ToJsonString() });

    public Task<(int Status, JsonNode? Body)> CommandAsync(Dictionary<string, string> fields) => FormAsync(fields);

    /// <returns>The status and the answer's body; by then all that goes on after the answer is done.</returns>
    public async Task<(int Status, JsonNode? Body)> CallAsync(byte[] body, string type, int attempt = 0)
    {
        var answer = await BareCallAsync(body, type, attempt);
        await SettleAsync();
        return answer;
    }

    public async Task<(int Status, JsonNode? Body)> BareCallAsync(byte[] body, string type, int attempt = 0)
    {
        using var request = SlackDoorstep.CallNow(body, type, attempt);
        using var response = await client.SendAsync(request, Some.Token);
        var answer = await response.Content.ReadAsByteArrayAsync(Some.Token);
        return ((int)response.StatusCode, answer.Length == 0 ? null : JsonNode.Parse(answer));
    }

    public async Task SettleAsync()
    {
        // What goes on may begin something that goes on.
        for (var round = 0; round < 4; round++)
        {
            await Get<BackgroundTurns>().StopAsync(Some.Token);
        }
    }

    public Task<T> ReadAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work) => record.ReadAsync(work, Some.Token);

    public Task<IReadOnlyList<LabResult>> ResultsAsync(string patch = "KB5032196") => ReadAsync((session, token) => session.Lab.StandingAsync([new PatchId(patch)], token));

    public async Task<RolloutState> StateAsync(string patch = "KB5032196") =>
        Assert.Single(await ReadAsync((session, token) => session.Rollouts.OfPatchesAsync([new PatchId(patch)], token))).State;

    public Task<Channel?> ChannelAsync(string id = Ops) => ReadAsync((session, token) => session.Channels.FindAsync(new ChannelRef("slack", id), token));

    public async Task<KnownPerson?> PersonAsync(PersonId person) => await ReadAsync((session, token) => session.People.FindAsync([person], token)) is [var known] ? known : null;

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
        await record.DisposeAsync();
    }

    private Task<bool> ShowAsync(string ts, string patch) => record.WriteAsync(
        async (session, token) =>
        {
            var post = (await session.Posts.FindAsync(Channel, PostSubject.Of("patch", patch), token))!;
            await session.Posts.ShownAsync(post.Id, post.WantedVersion, ts, "shown", token);
            return true;
        },
        Some.Token);

    private async Task<(int Status, JsonNode? Body)> FormAsync(Dictionary<string, string> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        return await CallAsync(await form.ReadAsByteArrayAsync(Some.Token), "application/x-www-form-urlencoded");
    }

    private static Person Someone(string id, string name) => new(PersonId.Of("slack", Team, id), name);
}

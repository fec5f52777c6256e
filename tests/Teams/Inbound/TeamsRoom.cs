using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PatchBot.Adapters.Teams;
using PatchBot.Adapters.Teams.Inbound;
using PatchBot.Adapters.Teams.Outbound;
using PatchBot.Adapters.Teams.Trust;
using PatchBot.Adapters.Wire;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.Patches;
using PatchBot.Core.Patches.Intake;
using PatchBot.Core.Patches.Sources;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Host;
using PatchBot.Host.Settings;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Teams.Inbound;

/// <summary>The bot as the host composes it, called as Teams calls it; what it says goes to a connector that only remembers.</summary>
internal sealed class TeamsRoom : IAsyncDisposable
{
    public const string Tenant = "00000000-0000-0000-0000-00000000000a";
    public const string Ops = "19:ops@thread.tacv2";
    public const string TeamId = "19:general@thread.tacv2";
    public const string BotId = "28:00000000-0000-0000-0000-00000000000b";

    public static readonly Person Erin = Someone("00000000-0000-0000-0000-0000000000e1", "Erin Engineer");
    public static readonly Person Max = Someone("00000000-0000-0000-0000-0000000000a1", "Max Manager");
    public static readonly Person Otto = Someone("00000000-0000-0000-0000-0000000000f1", "Otto Outsider");
    public static readonly ChannelRef Channel = new("teams", Ops);

    private readonly ServiceProvider services;
    private int ids = 1_700_000;

    private TeamsRoom(ServiceProvider services, TestRecord record) => (this.services, Record) = (services, record);

    public TestRecord Record { get; }

    public FakeConnector Connector => (FakeConnector)Get<IConnector>();

    public static async Task<TeamsRoom> StartAsync(IRecord? insteadOfRecord = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            .. ProductionRing.Settings(Max), new("People:Engineers:0", Erin.Id.Value), new("People:Admins:0", Max.Id.Value),
        ]).Build();
        var (read, faults) = PatchBotSettings.Read(configuration, AppContext.BaseDirectory);
        Assert.Empty(faults);
        var record = await TestRecord.CreateAsync();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration)
            .AddPatchBot(read, TimeProvider.System)
            .AddTeams()
            .AddSingleton(insteadOfRecord ?? record)
            .AddSingleton<IConnector, FakeConnector>()
            .AddSingleton<ICallerCheck, OpenDoor>()
            .BuildServiceProvider();
        return new TeamsRoom(services, record);
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>The bot is in the channel, and the channel follows the ring.</summary>
    public async Task InstallAsync()
    {
        await PostAsync(Activities.Installed());
        await Record.WriteAsync((session, token) => session.Channels.SubscribeAsync(new Subscription(Channel, "production", Topic.Patches), token), Some.Token);
    }

    /// <summary>Releases a patch, as if its card stood in the channel.</summary>
    /// <returns>The card's message id.</returns>
    public async Task<string> ReleaseAsync(string patch = "KB5032196")
    {
        var document = new PatchDocument(new SightingOrigin("test", patch), patch, [new PatchRecord(new PatchId(patch), Some.Facts())], new Dictionary<string, int>());
        await Get<PatchIntake>().TakeAsync(document, Person.Bot, new IntakeWish(), Some.Token);
        var message = $"{++ids}";
        await Record.WriteAsync(
            async (session, token) =>
            {
                var post = (await session.Posts.FindAsync(Channel, PostSubject.Of("patch", patch), token))!;
                await session.Posts.ShownAsync(post.Id, post.WantedVersion, message, "shown", token);
                return true;
            },
            Some.Token);
        return message;
    }

    public async Task<Post> PostOfAsync(string patch = "KB5032196") =>
        (await Record.ReadAsync((session, token) => session.Posts.FindAsync(Channel, PostSubject.Of("patch", patch), token), Some.Token))!;

    /// <returns>The status, and the body of an invoke's answer.</returns>
    public async Task<(int Status, JsonNode? Body)> PostAsync(JsonNode activity) => await PostAsync(activity.ToJsonString());

    public async Task<(int Status, JsonNode? Body)> PostAsync(string body, string type = "application/json", string? token = null)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = HttpMethods.Post;
        http.Request.ContentType = type;
        http.Request.Headers.Authorization = token;
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        http.Response.Body = new MemoryStream();
        await Get<MessagesEndpoint>().HandleAsync(http);

        // What goes on after the answer is part of what a test looks at.
        await Get<BackgroundTurns>().StopAsync(Some.Token);
        var answer = ((MemoryStream)http.Response.Body).ToArray();
        return (http.Response.StatusCode, answer.Length == 0 ? null : JsonNode.Parse(answer));
    }

    public string NextId() => $"{++ids}";

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Record.DisposeAsync();
    }

    private static Person Someone(string id, string name) => new(PersonId.Of("teams", Tenant, id), name);
}

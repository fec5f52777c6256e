using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Tests.Cards.BlockKit;
using PatchBot.Tests.Slack;
using PatchBot.Tests.Slack.Inbound;
using PatchBot.Tests.Slack.Outbound.Stub;
using PatchBot.Tests.Slack.Trust;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Twins;

/// <summary>Slack as its people see and use it: a Web API that keeps what it shows, and signed calls to the bot over HTTP.</summary>
/// <param name="bot">The process that Slack calls.</param>
internal sealed class SlackSide(SlackStub stub, HttpClient bot)
{
    /// <summary>Whom Teams knows as <see cref="TeamsSide.Ann"/>, once the two are linked.</summary>
    public static readonly Person Ann = Someone("U01ANN", "Ann Approver");
    public static readonly Person Cem = Someone("U02CEM", "Cem Approver");
    public static readonly Person Dee = Someone("U03DEE", "Dee Approver");
    public static readonly ChannelRef Channel = SlackRoom.Channel;

    private const int MostAttempts = 20;

    /// <summary>The bot was invited, and people talk, so that it learns their names.</summary>
    public async Task OpenAsync()
    {
        Person[] people = [Ann, Cem, Dee];
        foreach (var person in people)
        {
            stub.Answers.Users.Add(person.Id.ObjectId);
            stub.Answers.Names[person.Id.ObjectId] = person.Name;
        }

        await Happened(new JsonObject
        {
            ["type"] = "member_joined_channel", ["user"] = SlackRoom.BotUser, ["channel"] = Channel.Id, ["channel_type"] = "C", ["team"] = SlackRoom.Team,
            ["inviter"] = Cem.Id.ObjectId, ["event_ts"] = Deliveries.NextTs(),
        })(0);
        foreach (var person in people)
        {
            await Happened(Deliveries.Message(person.Id.ObjectId, "good morning"))(0);
        }
    }

    /// <summary>An event; Slack delivers it until it is acknowledged.</summary>
    public Delivery Happened(JsonObject happened)
    {
        var envelope = Encoding.UTF8.GetBytes(Deliveries.Envelope(happened).ToJsonString());
        return async attempt =>
        {
            while (await CallAsync(envelope, "application/json", attempt) != HttpStatusCode.OK)
            {
                Assert.True(++attempt < MostAttempts, "Slack was told again and again to come back.");
            }
        };
    }

    /// <summary>A message that mentions the bot comes as two events.</summary>
    public IEnumerable<Delivery> Mentioned(JsonObject message) => [Happened(message), Happened(Deliveries.AsMention(message))];

    /// <summary>A press of a button as the card shows it now; whoever delivers it later presses what was read now.</summary>
    public Delivery Press(Person by, Post post, string title)
    {
        var press = Deliveries.Press(by.Id.ObjectId, SlackRoom.Button(BlocksOf(post)!, title), post.Message!);
        press["response_url"] = new Uri(stub.Address, $"/respond/{Deliveries.NextId()}").ToString();
        var body = Encoding.UTF8.GetBytes($"payload={Uri.EscapeDataString(press.ToJsonString())}");
        return async attempt => Assert.Equal(HttpStatusCode.OK, await CallAsync(body, "application/x-www-form-urlencoded", attempt));
    }

    /// <summary>Writes to the bot alone.</summary>
    /// <returns>What the bot said there then.</returns>
    public async Task<string> AskAsync(Person by, string text)
    {
        var chat = $"D{by.Id.ObjectId[1..]}";
        var before = Said(chat).Count;
        await Happened(Deliveries.Message(by.Id.ObjectId, text, channel: chat, channelType: "im"))(0);
        await Eventually.IsAsync(() => Said(chat).Count > before, $"an answer on Slack to '{text}'");
        return Said(chat)[before];
    }

    public JsonNode? BlocksOf(Post post) => stub.Workspace.Shown.SingleOrDefault(message => message.Channel == post.Channel.Id && message.Ts == post.Message) is { } shown
        ? JsonNode.Parse(shown.Content.GetProperty("blocks").GetRawText())
        : null;

    /// <summary>What is read on it before anything is opened but what a press would ask.</summary>
    public IReadOnlyList<string> WordsOf(Post post) => BlocksOf(post) is { } blocks ? BlockWords.OfMessage(Encoding.UTF8.GetBytes(blocks.ToJsonString())) : [];

    /// <summary>Messages of the channel that begin so.</summary>
    public int Count(string title) => Said(Channel.Id).Count(text => text.StartsWith(title, StringComparison.Ordinal));

    private List<string> Said(string channel) => [.. stub.Workspace.Shown.Where(message => message.Channel == channel).Select(message => message.Text ?? "")];

    private async Task<HttpStatusCode> CallAsync(byte[] body, string type, int attempt)
    {
        using var request = SlackDoorstep.CallNow(body, type, attempt);
        using var answer = await bot.SendAsync(request, Some.Token);
        return answer.StatusCode;
    }

    private static Person Someone(string id, string name) => new(PersonId.Of("slack", SlackRoom.Team, id), name);
}

using System.Text;
using System.Text.Json.Nodes;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Tests.Cards;
using PatchBot.Tests.Slack;
using PatchBot.Tests.Support;
using PatchBot.Tests.Teams.Inbound;
using PatchBot.Tests.Teams.Outbound.Stub;

namespace PatchBot.Tests.Twins;

/// <summary>Teams as its people see and use it: a connector that keeps what it shows, and calls to the bot over HTTP.</summary>
/// <param name="bot">The process that Teams calls.</param>
internal sealed class TeamsSide(ConnectorStub stub, HttpClient bot)
{
    public static readonly Person Ann = Someone("00000000-0000-0000-0000-0000000000a1", "Ann Approver");
    public static readonly Person Ben = Someone("00000000-0000-0000-0000-0000000000b1", "Ben Approver");
    public static readonly ChannelRef Channel = TeamsRoom.Channel;

    /// <summary>The bot was installed, and people talk where it may hear them.</summary>
    public async Task OpenAsync()
    {
        await CallAsync(Activities.Installed());
        await CallAsync(Activities.Message(Ben, "good morning"));
    }

    public Delivery Written(JsonObject message) => _ => CallAsync(message);

    /// <summary>A press of a button as the card shows it now; whoever delivers it later presses what was read now.</summary>
    public Delivery Press(Person by, Post post, string title)
    {
        var button = Parts(CardOf(post)!).First(part => ((string?)part["title"])?.StartsWith(title, StringComparison.Ordinal) == true);
        var press = Activities.Execute(by, post.Message!, "");
        press["value"]!["action"] = button.DeepClone();
        return _ => CallAsync(press);
    }

    /// <summary>Writes to the bot alone.</summary>
    /// <returns>What the bot said there then, as JSON.</returns>
    public async Task<string> AskAsync(Person by, string text)
    {
        var told = Activities.Personal(by, text);
        var chat = (string)told["conversation"]!["id"]!;
        var before = Said().Count;
        await CallAsync(told);
        await Eventually.IsAsync(() => Said().Count > before, $"an answer on Teams to '{text}'");
        return Said()[before].Activity.GetRawText();

        List<StubMessage> Said() => [.. stub.Messages.Shown.Where(message => message.Channel == chat)];
    }

    public JsonNode? CardOf(Post post) => stub.Messages.Shown.SingleOrDefault(message => message.Channel == post.Channel.Id && message.Id == post.Message) is { } shown
        ? JsonNode.Parse(shown.Activity.GetProperty("attachments")[0].GetProperty("content").GetRawText())
        : null;

    /// <summary>What is read on it before anything is opened.</summary>
    public IReadOnlyList<string> WordsOf(Post post) => CardOf(post) is { } card ? CardWords.OfClosedAdaptiveCard(card) : [];

    /// <summary>Messages of the channel that show a card beginning so.</summary>
    public int Count(string title) => stub.Messages.Shown.Count(message =>
        message.Channel == Channel.Id && message.Activity.GetRawText().Contains($"\"text\":\"{title}", StringComparison.Ordinal));

    private async Task CallAsync(JsonObject activity)
    {
        var told = activity.DeepClone();
        told["serviceUrl"] = stub.ServiceUrl;
        using var body = new StringContent(told.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await bot.PostAsync(new Uri("/api/messages", UriKind.Relative), body, Some.Token);
        answer.EnsureSuccessStatusCode();
    }

    private static IEnumerable<JsonObject> Parts(JsonNode node) => node switch
    {
        JsonObject part => part.Select(member => member.Value).OfType<JsonNode>().SelectMany(Parts).Prepend(part),
        JsonArray parts => parts.OfType<JsonNode>().SelectMany(Parts),
        _ => [],
    };

    private static Person Someone(string id, string name) => new(PersonId.Of("teams", TeamsRoom.Tenant, id), name);
}

using System.Text.Json;
using PatchBot.Adapters.Teams.Outbound;
using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Core.Delivery;
using PatchBot.Tests.Support;
using PatchBot.Tests.Teams.Outbound.Stub;

namespace PatchBot.Tests.Teams.Outbound;

/// <summary>Our calls beside those that were seen between a bot and the platform: the same path, and the same words for the same things.</summary>
public sealed class CapturedCallsTests
{
    private const string Bot = "00000000-0000-0000-0000-00000000000b";
    private static readonly ConversationId Thread = new("channel-releases-id", "1795358715538");
    private static readonly OutboundMessage Card = OutboundMessage.OfCard("""{"type":"AdaptiveCard"}"""u8.ToArray(), "Released");

    // Documented, and not used by the client that was watched.
    private static readonly string[] OurOwn = ["summary", "textFormat", "activity.summary", "channelData.tenant"];

    [Fact]
    public Task A_new_thread_is_asked_for_as_captured() => CompareAsync(
        "out-createConversation.json", (connector, address) => connector.SendAsync(address, Thread with { Thread = null }, Card, TimeSpan.Zero, Some.Token));

    [Fact]
    public Task A_reply_is_sent_as_captured() => CompareAsync(
        "out-replyToActivity-text.json",
        (connector, address) => connector.SendAsync(address, Thread with { Thread = "1795358594786" }, OutboundMessage.OfText("Recorded."), TimeSpan.Zero, Some.Token));

    [Fact]
    public Task A_card_is_sent_as_captured() => CompareAsync(
        "out-replyToActivity-card.json", (connector, address) => connector.SendAsync(address, Thread with { Thread = "1795358594786" }, Card, TimeSpan.Zero, Some.Token));

    [Fact]
    public Task An_edit_is_asked_for_as_captured_and_its_refusal_means_that_the_message_is_gone() => CompareAsync(
        "out-updateActivity.json",
        (connector, address) => Assert.ThrowsAsync<MessageGoneException>(
            () => connector.UpdateAsync(address, Thread, "1795358669871", Card, TimeSpan.Zero, Some.Token)));

    [Fact]
    public Task A_deletion_is_asked_for_as_captured() => CompareAsync(
        "out-deleteActivity.json",
        (connector, address) => Assert.ThrowsAsync<DeliveryException>(
            () => connector.DeleteAsync(address, Thread, "1795358669871", TimeSpan.Zero, Some.Token)));

    [Fact]
    public Task Channels_are_asked_for_as_captured() => CompareAsync(
        "out-getTeamChannels.json",
        async (connector, address) => Assert.Equal(["team-id", "channel-releases-id"], (await connector.ChannelsAsync(address, "team-id", Some.Token)).Select(channel => channel.Id)));

    [Fact]
    public Task Members_are_asked_for_as_captured() => CompareAsync(
        "out-getPagedMembers.json",
        async (connector, address) =>
        {
            var members = new List<Member>();
            await foreach (var member in connector.MembersAsync(address, new("team-id", null), Some.Token))
            {
                members.Add(member);
            }

            Assert.Equal(("user-id-0", "Alex Wilber", "00000000-0000-0000-0000-000000000020"), (members[0].Id, members[0].Name, members[0].AadObjectId));
        });

    /// <summary>Makes our call to a stub that answers what was seen, and compares.</summary>
    private static async Task CompareAsync(string file, Func<Connector, ConversationAddress, Task> call)
    {
        using var captured = JsonDocument.Parse(await File.ReadAllTextAsync(SharedData.Path(Path.Combine("teams", file)), Some.Token));
        var (request, response) = (captured.RootElement.GetProperty("request"), captured.RootElement.GetProperty("response"));
        await using var line = await ConnectorOnStub.StartAsync();
        var answer = response.GetProperty("body");
        line.Stub.Refusal = (response.GetProperty("status").GetInt32(), answer.ValueKind == JsonValueKind.Null ? "" : answer.GetRawText());
        await call(line.Connector, line.InChannel with { BotId = Bot });

        var ours = Assert.Single(line.Stub.Requests);
        var path = request.GetProperty("url").GetString()!["/_connector".Length..];
        Assert.Equal(request.GetProperty("method").GetString(), ours.Method);

        // A reply may name the message that it answers, or just the thread that it stands in.
        var target = ours.Target.Split('?')[0];
        Assert.True(path == target || (ours.Method == "POST" && path.StartsWith($"{target}/", StringComparison.Ordinal)), $"{target} is not {path}");
        if (ours.Body is { } body)
        {
            Assert.All(Words(body, "").Where(word => !OurOwn.Contains(word.Name)), word => Assert.Contains(word, Words(request.GetProperty("body"), "")));
        }
    }

    /// <summary>Each member, by its path; ids and kinds with their values, texts and cards without.</summary>
    private static IEnumerable<(string Name, string Value)> Words(JsonElement element, string above)
    {
        foreach (var member in element.EnumerateObject())
        {
            var name = above + member.Name;
            yield return (name, member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array || member.Name == "text" ? "" : member.Value.ToString());
            var within = member.Value.ValueKind switch
            {
                JsonValueKind.Object when !OurOwn.Contains(name) && member.Name != "content" => Words(member.Value, $"{name}."),
                JsonValueKind.Array => member.Value.EnumerateArray().SelectMany(item => Words(item, $"{name}[].")),
                _ => [],
            };
            foreach (var word in within)
            {
                yield return word;
            }
        }
    }
}

using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using PatchBot.Adapters.Teams.Outbound;
using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Core.Delivery;
using PatchBot.Tests.Support;
using PatchBot.Tests.Teams.Outbound.Stub;

namespace PatchBot.Tests.Teams.Outbound;

/// <summary>What the connector is asked, call by call.</summary>
public sealed class ConnectorTests
{
    private static readonly ConversationId Channel = new("19:a b/c@thread.tacv2", null);
    private static readonly OutboundMessage Card = OutboundMessage.OfCard("""{"type":"AdaptiveCard","version":"1.5"}"""u8.ToArray(), "What it says");

    [Fact]
    public async Task Given_a_channel_without_a_thread_then_a_conversation_is_created_with_the_message_and_its_id_is_kept()
    {
        await using var line = await ConnectorOnStub.StartAsync();
        var id = await line.Connector.SendAsync(line.InChannel, Channel, Card, TimeSpan.Zero, Some.Token);

        var request = Assert.Single(line.Stub.Requests);
        Assert.Equal(("POST", "/v3/conversations", "token-1"), (request.Method, request.Target, request.Token));
        Assert.Equal(
            """{"isGroup":true,"bot":{"id":"28:bot"},"tenantId":"00000000-0000-0000-0000-000000000001","channelData":{"channel":{"id":"19:a b/c@thread.tacv2"},"tenant":{"id":"00000000-0000-0000-0000-000000000001"}},"activity":{"type":"message","summary":"What it says","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{"type":"AdaptiveCard","version":"1.5"}}]}}""",
            JsonSerializer.Serialize(request.Body));
        Assert.Equal(Assert.Single(line.Stub.Messages.Shown).Id, id);
    }

    [Fact]
    public async Task Given_a_thread_then_its_whole_id_is_one_segment_of_the_path()
    {
        await using var line = await ConnectorOnStub.StartAsync();
        await line.Connector.SendAsync(line.InChannel, Channel with { Thread = "17" }, OutboundMessage.OfText("Recorded."), TimeSpan.Zero, Some.Token);

        var request = Assert.Single(line.Stub.Requests);
        Assert.Equal("/v3/conversations/19%3Aa%20b%2Fc%40thread.tacv2%3Bmessageid%3D17/activities", request.Target);
        Assert.Equal(
            """{"type":"message","from":{"id":"28:bot"},"conversation":{"id":"19:a b/c@thread.tacv2;messageid=17"},"text":"Recorded.","textFormat":"plain"}""",
            JsonSerializer.Serialize(request.Body));
    }

    [Theory, InlineData("."), InlineData(".."), InlineData("")]
    public async Task Given_an_id_that_would_be_another_path_then_nothing_is_sent(string id)
    {
        await using var line = await ConnectorOnStub.StartAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => line.Connector.DeleteAsync(line.InChannel, Channel, id, TimeSpan.Zero, Some.Token));
        Assert.Empty(line.Stub.Requests);
    }

    [Fact]
    public async Task Given_a_message_then_it_is_replaced_and_deleted_and_deleting_it_again_is_no_fault()
    {
        await using var line = await ConnectorOnStub.StartAsync();
        var id = await line.Connector.SendAsync(line.InChat, ConnectorOnStub.Chat, Card, TimeSpan.Zero, Some.Token);
        await line.Connector.UpdateAsync(line.InChat, ConnectorOnStub.Chat, id!, OutboundMessage.OfText("Else"), TimeSpan.Zero, Some.Token);
        Assert.Equal("Else", Assert.Single(line.Stub.Messages.Shown).Activity.GetProperty("text").GetString());

        await line.Connector.DeleteAsync(line.InChat, ConnectorOnStub.Chat, id!, TimeSpan.Zero, Some.Token);
        await line.Connector.DeleteAsync(line.InChat, ConnectorOnStub.Chat, id!, TimeSpan.Zero, Some.Token);
        Assert.Empty(line.Stub.Messages.Shown);
        await Assert.ThrowsAsync<MessageGoneException>(
            () => line.Connector.UpdateAsync(line.InChat, ConnectorOnStub.Chat, id!, Card, TimeSpan.Zero, Some.Token));
    }

    [Fact]
    public async Task Given_an_answer_without_a_body_then_the_message_is_there_and_its_id_unknown()
    {
        await using var line = await ConnectorOnStub.StartAsync();
        line.Stub.Weather = () => new Weather(WeatherKind.EmptyBody, Taken: true);
        Assert.Null(await line.Connector.SendAsync(line.InChannel, Channel, Card, TimeSpan.Zero, Some.Token));
        Assert.Null(await line.Connector.SendAsync(line.InChat, ConnectorOnStub.Chat, Card, TimeSpan.Zero, Some.Token));
        Assert.Equal(2, line.Stub.Messages.Shown.Count);
    }

    [Fact]
    public async Task Given_a_message_for_one_member_then_only_the_request_names_him()
    {
        await using var line = await ConnectorOnStub.StartAsync();
        Assert.True(await line.Connector.WhisperAsync(line.InChannel, Channel with { Thread = "17" }, "29:ana", Card, Some.Token));
        var request = Assert.Single(line.Stub.Requests);
        Assert.EndsWith("/activities?isTargetedActivity=true", request.Target, StringComparison.Ordinal);
        Assert.Equal("29:ana", request.Body?.GetProperty("recipient").GetProperty("id").GetString());
    }

    [Theory, InlineData(400), InlineData(403), InlineData(404), InlineData(405), InlineData(501)]
    public async Task Given_a_platform_that_does_not_whisper_then_it_says_so(int status)
    {
        await using var line = await ConnectorOnStub.StartAsync();
        line.Stub.Refusal = (status, "");
        Assert.False(await line.Connector.WhisperAsync(line.InChannel, Channel, "29:ana", Card, Some.Token));
    }

    [Fact]
    public async Task Given_a_person_then_the_chat_is_opened_with_exactly_that_one()
    {
        await using var line = await ConnectorOnStub.StartAsync();
        Assert.Equal("a:29:ana", await line.Connector.OpenDirectAsync(line.Ana, Some.Token));
        Assert.Equal(
            """{"isGroup":false,"bot":{"id":"28:bot"},"members":[{"id":"29:ana"}],"tenantId":"00000000-0000-0000-0000-000000000001","channelData":{"tenant":{"id":"00000000-0000-0000-0000-000000000001"}}}""",
            JsonSerializer.Serialize(Assert.Single(line.Stub.Requests).Body));

        line.Stub.Refusal = (403, """{"error":{"code":"ForbiddenOperationException"}}""");
        Assert.Null(await line.Connector.OpenDirectAsync(line.Ana, Some.Token));
    }

    [Fact]
    public async Task Given_a_large_team_then_all_of_its_members_come_page_by_page()
    {
        await using var line = await ConnectorOnStub.StartAsync();
        line.Stub.MemberCount = 1_234;
        var members = new List<Member>();
        await foreach (var member in line.Connector.MembersAsync(line.InChannel, Channel with { Thread = "17" }, Some.Token))
        {
            members.Add(member);
        }

        Assert.Equal(1_234, members.Select(member => member.Id).Distinct().Count());
        Assert.Equal(
            ["?pageSize=500", "?pageSize=500&continuationToken=500", "?pageSize=500&continuationToken=1000"],
            line.Stub.Requests.Select(request => request.Target["/v3/conversations/19%3Aa%20b%2Fc%40thread.tacv2/pagedmembers".Length..]));
    }

    [Fact]
    public async Task Given_a_team_then_its_channels_come_with_the_nameless_general_one()
    {
        await using var line = await ConnectorOnStub.StartAsync();
        var channels = await line.Connector.ChannelsAsync(line.InChannel, "19:team", Some.Token);
        Assert.Equal([("19:team", null), ("19:other@thread.tacv2", "Releases")], channels.Select(channel => (channel.Id!, channel.Name)));
    }

    [Fact]
    public async Task Given_more_than_a_conversation_may_get_then_the_call_is_postponed_before_anything_is_sent()
    {
        var clock = new FakeTimeProvider(Some.Noon);
        await using var line = await ConnectorOnStub.StartAsync(clock);
        for (var number = 0; number < 7; number++)
        {
            // Threads of one channel share what the channel may get.
            await line.Connector.SendAsync(line.InChannel, Channel with { Thread = $"{number + 1}" }, Card, TimeSpan.Zero, Some.Token);
            clock.Advance(TimeSpan.FromMilliseconds(30));
        }

        await Assert.ThrowsAsync<DeliveryPostponedException>(
            () => line.Connector.SendAsync(line.InChannel, Channel with { Thread = "9" }, Card, TimeSpan.FromSeconds(0.5), Some.Token));
        Assert.Equal(7, line.Stub.Requests.Count);
        Assert.Empty(line.Stub.Limits.Violations);

        // New threads count by themselves, and other conversations too.
        await line.Connector.SendAsync(line.InChannel, Channel, Card, TimeSpan.Zero, Some.Token);
        await line.Connector.SendAsync(line.InChat, ConnectorOnStub.Chat, Card, TimeSpan.Zero, Some.Token);
    }
}

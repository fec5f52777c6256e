using System.Text.Json;
using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Teams.Outbound;

public sealed class TeamsPlatformTests
{
    [Fact]
    public async Task Given_a_channel_then_a_post_begins_a_thread_and_replies_and_edits_stand_in_it()
    {
        await using var teams = await PlatformOnStub.StartAsync();
        var root = await teams.Platform.PostAsync(PlatformOnStub.Channel, null, PlatformOnStub.Card(), 7, doubt: false, Some.Token);
        var reply = await teams.Platform.PostAsync(PlatformOnStub.Channel, root, PlatformOnStub.Card("Two"), 8, doubt: false, Some.Token);
        Assert.Equal([(root, root, 7L), (root, reply, 8L)], teams.Line.Stub.Messages.Shown.Select(message => (message.Thread, (string?)message.Id, message.Post!.Value)));

        await teams.Platform.EditAsync(new MessageRef(PlatformOnStub.Channel, root!), null, PlatformOnStub.Card("One, edited"), 7, Some.Token);
        await teams.Platform.EditAsync(new MessageRef(PlatformOnStub.Channel, reply!), root, PlatformOnStub.Card("Two, edited"), 8, Some.Token);
        Assert.Equal(
            ["One, edited: What matters", "Two, edited: What matters"],
            teams.Line.Stub.Messages.Shown.Select(message => message.Activity.GetProperty("summary").GetString()));
    }

    [Fact]
    public async Task Given_a_chat_then_there_are_no_threads()
    {
        await using var teams = await PlatformOnStub.StartAsync();
        var message = await teams.Platform.PostAsync(PlatformOnStub.Chat, "17", PlatformOnStub.Card(), 7, doubt: false, Some.Token);
        await teams.Platform.EditAsync(new MessageRef(PlatformOnStub.Chat, message!), "17", PlatformOnStub.Card("Else"), 7, Some.Token);
        Assert.All(teams.Line.Stub.Requests, request => Assert.StartsWith("/v3/conversations/a%3Achat/activities", request.Target, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_approvers_then_the_views_of_those_of_this_tenant_who_are_known_keep_themselves_up_to_date()
    {
        var ring = Some.Ring() with
        {
            Approvers = new HashSet<PersonId> { Of("1", "ana"), Of("1", "stranger"), Of("2", "elsewhere"), Some.Manager.Id },
        };
        await using var teams = await PlatformOnStub.StartAsync(ring);
        await teams.WriteAsync(async session =>
        {
            await session.People.SaveAsync(new KnownPerson(Of("1", "ana"), "Ana", teams.Line.Ana.Write()), Some.Token);
            await session.People.SaveAsync(new KnownPerson(Of("2", "elsewhere"), "Else", (teams.Line.Ana with { Id = "29:else" }).Write()), Some.Token);
        });
        await teams.Platform.PostAsync(PlatformOnStub.Channel, null, PlatformOnStub.Card(), 7, doubt: false, Some.Token);

        var card = Assert.Single(teams.Line.Stub.Messages.Shown).Activity.GetProperty("attachments")[0].GetProperty("content");
        Assert.Equal("""["29:ana"]""", JsonSerializer.Serialize(card.GetProperty("refresh").GetProperty("userIds")));
    }

    [Fact]
    public async Task Given_a_channel_that_has_not_told_how_it_is_reached_then_its_posts_wait_and_say_what_to_do()
    {
        await using var teams = await PlatformOnStub.StartAsync();
        var unknown = PlatformOnStub.Channel with { Id = "19:unknown@thread.tacv2" };
        var fault = await Assert.ThrowsAsync<DeliveryException>(() => teams.Platform.PostAsync(unknown, null, PlatformOnStub.Card(), 7, doubt: false, Some.Token));
        Assert.False(fault.Permanent);
        Assert.Contains("mention the bot there", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_known_person_then_the_chat_is_opened_once_and_posts_can_go_there()
    {
        await using var teams = await PlatformOnStub.StartAsync();
        await teams.WriteAsync(session => session.People.SaveAsync(new KnownPerson(Of("1", "ana"), "Ana", teams.Line.Ana.Write()), Some.Token));
        var chat = await teams.Platform.DirectAsync(Of("1", "ana"), Some.Token);
        Assert.Equal(chat, await teams.Platform.DirectAsync(Of("1", "ana"), Some.Token));
        Assert.Single(teams.Line.Stub.Requests);

        var channel = await teams.ReadAsync(session => session.Channels.FindAsync(chat!.Value, Some.Token));
        Assert.Equal(("Ana", ConversationKind.Personal), (channel!.Name, ConversationAddress.Read(channel.Address)!.Kind));
        await teams.Platform.PostAsync(chat!.Value, null, PlatformOnStub.Card(), 7, doubt: false, Some.Token);
        Assert.Equal("a:29:ana", Assert.Single(teams.Line.Stub.Messages.Shown).Channel);
    }

    [Fact]
    public async Task Given_someone_unknown_or_without_the_app_or_of_another_platform_then_there_is_no_way()
    {
        await using var teams = await PlatformOnStub.StartAsync();
        await teams.WriteAsync(session => session.People.SaveAsync(new KnownPerson(Of("1", "ana"), "Ana", teams.Line.Ana.Write()), Some.Token));
        teams.Line.Stub.Refusal = (403, """{"error":{"code":"ForbiddenOperationException"}}""");
        Assert.Null(await teams.Platform.DirectAsync(Of("1", "ana"), Some.Token));
        Assert.Null(await teams.Platform.DirectAsync(Of("1", "ben"), Some.Token));
        Assert.Null(await teams.Platform.DirectAsync(Some.Engineer.Id, Some.Token));
    }

    private static PersonId Of(string tenant, string id) => PersonId.Of("teams", $"00000000-0000-0000-0000-00000000000{tenant}", id);
}

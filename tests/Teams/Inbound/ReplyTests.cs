using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.Rollouts;
using PatchBot.Tests.Support;
using static PatchBot.Tests.Teams.Inbound.TeamsRoom;

namespace PatchBot.Tests.Teams.Inbound;

/// <summary>What people write in Teams.</summary>
public sealed class ReplyTests
{
    [Theory, InlineData(true), InlineData(false)]
    public async Task Given_a_reply_under_a_card_then_the_lab_result_is_recorded_mentioned_or_not(bool mention)
    {
        await using var room = await TeamsRoom.StartAsync();
        await room.InstallAsync();
        var card = await room.ReleaseAsync();

        var (status, body) = await room.PostAsync(Activities.Message(Erin, "pass on hv-lab-02, backups ok", card, mention));

        Assert.Equal((200, null), (status, body));
        var result = Assert.Single(await ResultsAsync(room));
        Assert.Equal((LabOutcome.Pass, "hv-lab-02", Erin.Id), (result.Outcome, result.Host, result.By.Id));
        Assert.DoesNotContain(room.Connector.All, said => said.How.StartsWith("whisper", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_the_same_delivery_twice_then_it_counts_once()
    {
        await using var room = await TeamsRoom.StartAsync();
        await room.InstallAsync();
        var reply = Activities.Message(Erin, "pass on hv-lab-02, backups ok", await room.ReleaseAsync());
        await room.PostAsync(reply);
        await room.PostAsync(reply);
        Assert.Single(await ResultsAsync(room));
    }

    [Fact]
    public async Task Given_an_edit_a_deletion_and_an_undeletion_then_the_result_follows()
    {
        await using var room = await TeamsRoom.StartAsync();
        await room.InstallAsync();
        var card = await room.ReleaseAsync();
        await room.PostAsync(Activities.Message(Erin, "pass on hv-lab-02, backups ok", card, id: "1700000000001"));

        await room.PostAsync(Activities.Message(Erin, "fail on hv-lab-02: agent won't start", card, type: "messageUpdate", id: "1700000000001"));
        Assert.Equal([LabOutcome.Fail], (await ResultsAsync(room)).Select(result => result.Outcome));

        await room.PostAsync(Activities.Message(Erin, "", card, type: "messageDelete", id: "1700000000001"));
        Assert.Empty(await ResultsAsync(room));

        await room.PostAsync(Activities.Message(Erin, "fail on hv-lab-02: agent won't start", card, type: "messageUpdate", id: "1700000000001"));
        Assert.Equal([LabOutcome.Fail], (await ResultsAsync(room)).Select(result => result.Outcome));
    }

    [Theory, InlineData("messageUpdate", 1), InlineData("messageDelete", 0)]
    public async Task Given_an_edit_or_a_deletion_that_comes_before_its_message_then_the_message_does_not_count(string type, int fails)
    {
        await using var room = await TeamsRoom.StartAsync();
        await room.InstallAsync();
        var card = await room.ReleaseAsync();
        await room.PostAsync(Activities.Message(Erin, "fail on hv-lab-02: agent won't start", card, type: type, id: "1700000000001"));
        await room.PostAsync(Activities.Message(Erin, "pass on hv-lab-02, backups ok", card, id: "1700000000001"));
        Assert.Equal(Enumerable.Repeat(LabOutcome.Fail, fails), (await ResultsAsync(room)).Select(result => result.Outcome));
    }

    [Fact]
    public async Task Given_an_approval_by_reply_then_it_counts_and_only_the_writer_is_told()
    {
        await using var room = await TeamsRoom.StartAsync();
        await room.InstallAsync();
        var card = await room.ReleaseAsync();
        await room.PostAsync(Activities.Message(Erin, "pass on hv-lab-02, backups ok", card));
        await ShownAsync(room, card);

        await room.PostAsync(Activities.Message(Otto, "approve", card));
        Assert.StartsWith("whisper to 29:Otto", room.Connector.All[^1].How, StringComparison.Ordinal);
        Assert.Equal(RolloutState.Proposed, await StateAsync(room));

        await room.PostAsync(Activities.Message(Max, "approve", card, mention: true));
        Assert.Equal(RolloutState.Approved, await StateAsync(room));
        Assert.StartsWith("whisper to 29:Max", room.Connector.All[^1].How, StringComparison.Ordinal);
    }

    [Theory, InlineData("<at>Erin</at> approve"), InlineData("<at>Patchy</at> <at>Erin</at> approve")]
    public async Task Given_someone_else_is_asked_to_approve_then_nothing_is_approved(string text)
    {
        await using var room = await TeamsRoom.StartAsync();
        await room.InstallAsync();
        var card = await room.ReleaseAsync();
        await room.PostAsync(Activities.Message(Erin, "pass on hv-lab-02, backups ok", card));
        await ShownAsync(room, card);
        var message = Activities.Message(Max, "", card, mention: true);
        message["text"] = text;
        await room.PostAsync(message);
        Assert.Equal(RolloutState.Proposed, await StateAsync(room));
    }

    [Fact]
    public async Task Given_nobody_can_be_whispered_to_then_the_answer_goes_to_the_private_chat_and_else_to_the_thread()
    {
        await using var room = await TeamsRoom.StartAsync();
        await room.InstallAsync();
        var card = await room.ReleaseAsync();
        room.Connector.Whispers = false;
        await room.PostAsync(Activities.Message(Otto, "approve", card));
        Assert.Equal("reply a:chat-with-29:Otto", $"{room.Connector.All[^1].How} {room.Connector.All[^1].Where}");

        room.Connector.OpensChats = false;
        await room.PostAsync(Activities.Message(Otto, "approve", card));
        Assert.Equal($"reply {Ops};messageid={card}", $"{room.Connector.All[^1].How} {room.Connector.All[^1].Where}");
        Assert.StartsWith("Otto Outsider: ", room.Connector.All[^1].Text, StringComparison.Ordinal);
    }

    [Theory, InlineData(true, true, "whisper to 29:Max"), InlineData(false, true, "reply a:chat-with-29:Max")]
    public async Task Given_a_question_that_only_the_bot_sees_then_only_the_writer_sees_the_answer(bool whispers, bool opensChats, string how)
    {
        await using var room = await AskedInPrivateAsync(whispers, opensChats);
        var answer = Assert.Single(room.Connector.All);
        Assert.StartsWith(how, $"{answer.How} {answer.Where}", StringComparison.Ordinal);
        Assert.Contains("KB5032196", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"hearsAll\":true", await AddressAsync(room), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_question_that_only_the_bot_sees_and_no_private_way_back_then_nothing_of_the_answer_is_said_aloud()
    {
        await using var room = await AskedInPrivateAsync(whispers: false, opensChats: false);
        var answer = Assert.Single(room.Connector.All);
        Assert.StartsWith("Max Manager: I could not answer you in private here.", answer.Text, StringComparison.Ordinal);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Given_whispering_fails_or_has_no_room_then_the_answer_is_not_lost_with_it(bool full)
    {
        await using var room = await TeamsRoom.StartAsync();
        await room.InstallAsync();
        var card = await room.ReleaseAsync();
        room.Connector.WhisperFault = full
            ? new PatchBot.Core.Delivery.DeliveryPostponedException(TimeSpan.FromSeconds(30))
            : new PatchBot.Core.Delivery.DeliveryException("Teams did not answer.", permanent: false);
        await room.PostAsync(Activities.Message(Otto, "approve", card));
        Assert.Equal("a:chat-with-29:Otto", room.Connector.All[^1].Where);
    }

    [Fact]
    public async Task Given_a_private_chat_then_no_mention_is_needed_and_the_answer_comes_there()
    {
        await using var room = await TeamsRoom.StartAsync();
        await room.InstallAsync();
        await room.ReleaseAsync();
        await room.PostAsync(Activities.Personal(Erin, "what waits for me?"));
        var answer = room.Connector.All[^1];
        Assert.Equal("a:with-" + Erin.Id.ObjectId, answer.Where);
        Assert.Contains("KB5032196", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_wish_to_link_then_a_code_is_given_in_a_private_chat_alone_and_only_where_teams_calls_it_that()
    {
        await using var room = await TeamsRoom.StartAsync();
        await room.InstallAsync();
        await room.PostAsync(Activities.Personal(Erin, "link"));
        Assert.Contains("Link your other identity", room.Connector.All[^1].Text, StringComparison.Ordinal);

        await room.PostAsync(Activities.Message(Erin, "link", mention: true));
        Assert.Contains("in our chat alone", room.Connector.All[^1].Text, StringComparison.Ordinal);

        var untyped = Activities.Personal(Erin, "link");
        ((System.Text.Json.Nodes.JsonObject)untyped["conversation"]!).Remove("conversationType");
        await room.PostAsync(untyped);
        Assert.Contains("in our chat alone", room.Connector.All[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_wish_to_record_outside_of_a_thread_then_a_form_that_asks_which_patch_is_offered()
    {
        await using var room = await TeamsRoom.StartAsync();
        await room.InstallAsync();
        await room.ReleaseAsync();
        await room.PostAsync(Activities.Message(Erin, "record", mention: true));
        Assert.Contains(LabActions.Record, room.Connector.All[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_message_without_a_mention_then_the_channel_is_known_to_be_heard()
    {
        await using var room = await TeamsRoom.StartAsync();
        await room.InstallAsync();
        await room.PostAsync(Activities.Message(Otto, "good morning", mention: true));
        Assert.DoesNotContain("\"hearsAll\":true", await AddressAsync(room), StringComparison.Ordinal);
        await room.PostAsync(Activities.Message(Otto, "good morning"));
        Assert.Contains("\"hearsAll\":true", await AddressAsync(room), StringComparison.Ordinal);
        await room.PostAsync(Activities.Message(Otto, "good night", mention: true));
        Assert.Contains("\"hearsAll\":true", await AddressAsync(room), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_the_database_is_away_then_the_call_is_answered_and_the_writer_told()
    {
        await using var room = await TeamsRoom.StartAsync(new UnavailableRecord());
        var (status, _) = await room.PostAsync(Activities.Message(Erin, "pass on hv-lab-02, backups ok", "1700000000001", mention: true));
        Assert.Equal(200, status);
        Assert.Contains("nothing was recorded", Assert.Single(room.Connector.All).Text, StringComparison.Ordinal);
    }

    private static async Task<TeamsRoom> AskedInPrivateAsync(bool whispers, bool opensChats)
    {
        var room = await TeamsRoom.StartAsync();
        await room.InstallAsync();
        await room.ReleaseAsync();
        (room.Connector.Whispers, room.Connector.OpensChats) = (whispers, opensChats);
        var question = Activities.Message(Max, "status");
        question["recipient"]!["isTargeted"] = true;
        await room.PostAsync(question);
        return room;
    }

    private static async Task<string> AddressAsync(TeamsRoom room) =>
        (await room.Record.ReadAsync((session, token) => session.Channels.FindAsync(TeamsRoom.Channel, token), Some.Token))!.Address;

    private static Task<IReadOnlyList<LabResult>> ResultsAsync(TeamsRoom room) =>
        room.Record.ReadAsync((session, token) => session.Lab.StandingAsync([new PatchId("KB5032196")], token), Some.Token);

    private static async Task<RolloutState> StateAsync(TeamsRoom room) =>
        (await room.Record.ReadAsync((session, token) => session.Rollouts.OfPatchesAsync([new PatchId("KB5032196")], token), Some.Token)).Single().State;

    private static async Task ShownAsync(TeamsRoom room, string card)
    {
        var post = await room.PostOfAsync();
        await room.Record.WriteAsync(
            async (session, token) =>
            {
                await session.Posts.ShownAsync(post.Id, post.WantedVersion, card, "shown", token);
                return true;
            },
            Some.Token);
    }
}

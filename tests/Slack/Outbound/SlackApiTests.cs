using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Core.Delivery;
using PatchBot.Tests.Slack.Outbound.Stub;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Slack.Outbound;

/// <summary>Each method, as it goes over the wire and comes back.</summary>
public sealed class SlackApiTests
{
    private static readonly byte[] View = Encoding.UTF8.GetBytes("""{"type":"modal"}""");

    [Fact]
    public async Task Given_a_post_then_it_names_its_post_and_unfurls_nothing()
    {
        await using var slack = await SlackOnStub.StartAsync();
        var ts = await slack.PostAsync(post: 17, thread: "1.5");

        var request = Assert.Single(slack.Stub.Requests);
        Assert.Equal(("chat.postMessage", "xoxb-T1-1", "application/json; charset=utf-8"), (request.Path, request.Token, request.ContentType));
        Assert.Equal(("C1", "1.5", "false", "false"), (request["channel"], request["thread_ts"], request["unfurl_links"], request["unfurl_media"]));
        Assert.Equal("""{"event_type":"patchbot_post","event_payload":{"post":17}}""", request["metadata"]);
        var shown = Assert.Single(slack.Stub.Workspace.Shown);
        Assert.Equal((ts, "1.5", 17L, true), (shown.Ts, shown.Thread, shown.Post!.Value, shown.HasBlocks));
    }

    [Fact]
    public async Task Given_an_edit_then_text_and_blocks_both_change_and_a_text_alone_takes_the_blocks_away()
    {
        await using var slack = await SlackOnStub.StartAsync();
        var ts = await slack.PostAsync(post: 17);
        await slack.Api.UpdateAsync("T1", "C1", ts, SlackOnStub.Message(17, "new words"), TimeSpan.Zero, Some.Token);
        Assert.Equal(("new words", true, 17L), (Shown().Text, Shown().HasBlocks, Shown().Post!.Value));

        await slack.Api.UpdateAsync("T1", "C1", ts, new SlackMessage("words alone", default), TimeSpan.Zero, Some.Token);
        Assert.Equal(("words alone", false, 17L), (Shown().Text, Shown().HasBlocks, Shown().Post!.Value));
        Assert.Equal("[]", slack.Stub.Requests.Last()["blocks"]);

        StubMessage Shown() => Assert.Single(slack.Stub.Workspace.Shown);
    }

    [Fact]
    public async Task Given_a_message_that_someone_deleted_then_its_edit_says_so_and_its_deletion_is_no_fault()
    {
        await using var slack = await SlackOnStub.StartAsync();
        var ts = await slack.PostAsync();
        await slack.Api.DeleteAsync("T1", "C1", ts, TimeSpan.Zero, Some.Token);
        await slack.Api.DeleteAsync("T1", "C1", ts, TimeSpan.Zero, Some.Token);
        await Assert.ThrowsAsync<MessageGoneException>(() => slack.Api.UpdateAsync("T1", "C1", ts, SlackOnStub.Message(), TimeSpan.Zero, Some.Token));
    }

    [Fact]
    public async Task Given_a_whisper_then_it_stands_in_the_thread_and_who_is_not_there_is_told_another_way()
    {
        await using var slack = await SlackOnStub.StartAsync();
        Assert.True(await slack.Api.WhisperAsync("T1", "C1", "1.5", "U1", SlackOnStub.Message(), Some.Token));
        Assert.Equal(("chat.postEphemeral", "U1", "1.5"), (slack.Stub.Requests.Single().Path, slack.Stub.Requests.Single()["user"], slack.Stub.Requests.Single()["thread_ts"]));
        Assert.False(await slack.Api.WhisperAsync("T1", "C1", null, "U9", SlackOnStub.Message(), Some.Token));
    }

    [Fact]
    public async Task Given_blocks_that_Slack_does_not_take_then_the_plain_text_is_sent_once()
    {
        await using var slack = await SlackOnStub.StartAsync();
        var blocks = Encoding.UTF8.GetBytes($$"""[{"text":{"text":"{{new string('x', 151)}}","type":"plain_text"},"type":"header"}]""");
        var message = new SlackMessage("words", blocks, 17) { PlainText = "the words alone" };
        var ts = await slack.Api.PostAsync("T1", "C1", null, message, TimeSpan.FromSeconds(3), Some.Token);
        Assert.Equal(("the words alone", false, 17L), (Only().Text, Only().HasBlocks, Only().Post!.Value));

        await slack.Api.UpdateAsync("T1", "C1", ts, message with { PlainText = "other words" }, TimeSpan.Zero, Some.Token);
        Assert.Equal("other words", Only().Text);

        slack.Stub.Refusal = _ => (200, SlackStub.Error("invalid_blocks"));
        var fault = await Assert.ThrowsAsync<DeliveryException>(() => slack.Api.PostAsync("T1", "C2", null, message, TimeSpan.FromSeconds(3), Some.Token));
        Assert.Equal((false, false), (fault.Permanent, fault.Uncertain));
        Assert.Equal(4 + 2, slack.Stub.Requests.Count);

        StubMessage Only() => Assert.Single(slack.Stub.Workspace.Shown);
    }

    [Fact]
    public async Task Given_a_press_then_it_is_answered_at_its_own_address_without_a_token_and_only_there()
    {
        await using var slack = await SlackOnStub.StartAsync();
        var root = new Uri(slack.Stub.Address, "/respond/");
        Assert.True(await slack.Api.RespondAsync(new Uri(root, "T1/1"), SlackOnStub.Message(), Some.Token));
        var request = Assert.Single(slack.Stub.Requests);
        Assert.Equal((null, "ephemeral", "false"), (request.Token, request["response_type"], request["replace_original"]));

        Assert.False(await slack.Api.RespondAsync(new Uri(root, "expired"), SlackOnStub.Message(), Some.Token));
        Assert.True(await slack.Api.RespondAsync(new Uri(root, "blocks"), SlackOnStub.Message(), Some.Token));
        Assert.Equal("the words alone", slack.Stub.Requests.Last()["text"]);
        slack.Stub.Refusal = _ => (500, "");
        await Assert.ThrowsAsync<DeliveryException>(() => slack.Api.RespondAsync(new Uri(root, "T1/2"), SlackOnStub.Message(), Some.Token));
    }

    [Theory]
    [InlineData("https://hooks.slack.com.example.com/actions/T1/1/x"), InlineData("https://example.com/actions"), InlineData("https://hooks.slack.com:8443/actions")]
    [InlineData("http://hooks.slack.com/actions"), InlineData("https://someone@hooks.slack.com/actions"), InlineData("file:///etc/passwd"), InlineData("/actions")]
    public async Task Given_an_address_that_is_none_of_Slacks_then_no_answer_goes_there(string address)
    {
        await using var slack = await SlackOnStub.StartAsync();
        Assert.False(await slack.Api.RespondAsync(new Uri(address, UriKind.RelativeOrAbsolute), SlackOnStub.Message(), Some.Token));
    }

    [Fact]
    public async Task Given_the_environment_Production_then_nothing_goes_to_this_machine()
    {
        await using var slack = await SlackOnStub.StartAsync(environment: Environments.Production);
        Assert.False(await slack.Api.RespondAsync(new Uri(slack.Stub.Address, "/respond/T1"), SlackOnStub.Message(), Some.Token));
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => slack.PostAsync());
        Assert.Contains("Slack:ApiUrl", fault.Message, StringComparison.Ordinal);
        Assert.Empty(slack.Stub.Requests);
    }

    [Fact]
    public async Task Given_a_trigger_then_it_opens_one_modal_and_a_modal_that_changed_meanwhile_is_left_alone()
    {
        await using var slack = await SlackOnStub.StartAsync();
        Assert.True(await slack.Api.OpenViewAsync("T1", "trigger", View, Some.Token));
        Assert.Equal("""{"type":"modal"}""", slack.Stub.Requests.Single()["view"]);
        Assert.False(await slack.Api.OpenViewAsync("T1", "trigger", View, Some.Token));
        Assert.True(await slack.Api.UpdateViewAsync("T1", "V1", "new", View, Some.Token));
        Assert.False(await slack.Api.UpdateViewAsync("T1", "V1", "old", View, Some.Token));
        await slack.Api.PublishHomeAsync("T1", "U1", View, Some.Token);
        Assert.Equal("U1", slack.Stub.Requests.Last()["user_id"]);
    }

    [Fact]
    public async Task Given_a_person_then_a_chat_can_be_opened_and_nobody_has_none()
    {
        await using var slack = await SlackOnStub.StartAsync();
        Assert.Equal("DU1", await slack.Api.OpenDirectAsync("T1", "U1", Some.Token));
        Assert.Null(await slack.Api.OpenDirectAsync("T1", "U9", Some.Token));
    }

    [Fact]
    public async Task Given_a_person_then_who_it_is_is_asked_once_for_a_while()
    {
        var clock = new FakeTimeProvider(Some.Noon);
        await using var slack = await SlackOnStub.StartAsync(clock);
        var ana = new SlackUser("U1", "T1", "Ana Approver", IsBot: false, IsDeleted: false, IsGuest: true, "Europe/Berlin");
        Assert.Equal((ana, ana), (await slack.Api.UserAsync("T1", "U1", Some.Token), await slack.Api.UserAsync("T1", "U1", Some.Token)));
        Assert.Single(slack.Stub.Requests);
        Assert.StartsWith("application/x-www-form-urlencoded", slack.Stub.Requests.Single().ContentType, StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromMinutes(16));
        await slack.Api.UserAsync("T1", "U1", Some.Token);
        Assert.Equal(2, slack.Stub.Requests.Count);
        Assert.Null(await slack.Api.UserAsync("T1", "U9", Some.Token));
    }

    [Fact]
    public async Task Given_conversations_then_they_are_read_page_by_page()
    {
        await using var slack = await SlackOnStub.StartAsync();
        slack.Stub.Answers.ChannelCount = 450;
        var channels = await slack.Api.OwnConversationsAsync("T1", Some.Token).ToListAsync(Some.Token);
        Assert.Equal((450, 3), (channels.Count, slack.Stub.Requests.Count));
        Assert.Equal(new SlackConversation("C450", "c-450", false, true, false, false), channels[^1]);
        Assert.Equal(new SlackConversation("C1", "patching", false, true, false, false), await slack.Api.ConversationAsync("T1", "C1", Some.Token));
        Assert.Null(await slack.Api.ConversationAsync("T1", "C0", Some.Token));
        Assert.Equal("https://example.slack.com/archives/C1/p1.5", $"{await slack.Api.PermalinkAsync("T1", "C1", "1.5", Some.Token)}");
        Assert.Equal(["U1", "U2"], await slack.Api.GroupMembersAsync("T1", "S1", Some.Token));
    }

    [Fact]
    public async Task Given_a_file_then_its_bytes_go_where_Slack_says_without_a_token_and_are_shared_then()
    {
        await using var slack = await SlackOnStub.StartAsync();
        await slack.Api.UploadAsync("T1", "C1", "1.5", "open patches & more.csv", "Open patches", Encoding.UTF8.GetBytes("a;b"), Some.Token);
        Assert.Collection(
            slack.Stub.Requests,
            begin => Assert.Equal(("open patches & more.csv", "3"), (begin["filename"], begin["length"])),
            bytes => Assert.Equal(("/upload/v1/secret", null, "a;b"), (bytes.Path, bytes.Token, Encoding.UTF8.GetString(bytes.Body))),
            complete => Assert.Equal(("C1", "1.5", """[{"id":"F1","title":"Open patches"}]"""), (complete["channel_id"], complete["thread_ts"], complete["files"])));
    }

    [Theory, InlineData("https://files.slack.com.example.com/upload"), InlineData("http://files.slack.com/upload"), InlineData("https://evil-slack.com/upload"), InlineData("nowhere")]
    public async Task Given_a_place_for_a_file_that_is_none_of_Slacks_then_no_byte_goes_there(string place)
    {
        await using var slack = await SlackOnStub.StartAsync();
        slack.Stub.Answers.UploadUrl = place;
        await Assert.ThrowsAsync<DeliveryException>(() => slack.Api.UploadAsync("T1", "C1", null, "a.csv", "A", new byte[3], Some.Token));
        Assert.Single(slack.Stub.Requests);
    }
}

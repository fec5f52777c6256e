using PatchBot.Core.Approvals;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;

namespace PatchBot.Tests.Core.Conversation;

public sealed class CommandReaderTests
{
    [Theory]
    [InlineData("approve", DecisionKind.Approve, "", "", "")]
    [InlineData("Approved.", DecisionKind.Approve, "", "", "")]
    [InlineData("  APPROVE   production ", DecisionKind.Approve, "production", "", "")]
    [InlineData("i approve for pre-prod 2!", DecisionKind.Approve, "pre-prod 2", "", "")]
    [InlineData("@PatchBot: approve", DecisionKind.Approve, "", "", "")]
    [InlineData("patchbot, approve pilot", DecisionKind.Approve, "pilot", "", "")]
    [InlineData("<p>approve&nbsp;production</p>", DecisionKind.Approve, "production", "", "")]
    [InlineData("*approve*", DecisionKind.Approve, "", "", "")]
    [InlineData("reject: breaks the backup agent", DecisionKind.Reject, "", "breaks the backup agent", "")]
    [InlineData("reject production: it breaks, again", DecisionKind.Reject, "production", "it breaks, again", "")]
    [InlineData("reject production - too risky", DecisionKind.Reject, "production", "too risky", "")]
    [InlineData("reject pre-prod because it breaks", DecisionKind.Reject, "pre-prod", "it breaks", "")]
    [InlineData("reject", DecisionKind.Reject, "", "", "")]
    [InlineData("defer to next month", DecisionKind.Defer, "", "", "next month")]
    [InlineData("Defer until the next window: vendor call", DecisionKind.Defer, "", "vendor call", "next window")]
    [InlineData("defer production to 2026-12-05: year end", DecisionKind.Defer, "production", "year end", "2026-12-05")]
    [InlineData("postpone Production servers till next week.", DecisionKind.Defer, "Production servers", "", "next week")]
    [InlineData("defer", DecisionKind.Defer, "", "", "")]
    [InlineData("deferred by two weeks", DecisionKind.Defer, "", "", "two weeks")]
    [InlineData("defer pre-prod 2 for another month due to the audit", DecisionKind.Defer, "pre-prod 2", "the audit", "another month")]
    [InlineData("defer to Friday, 4 December, 2026: Tom, Ana are off", DecisionKind.Defer, "", "Tom, Ana are off", "Friday 4 December 2026")]
    [InlineData("defer to Friday, 2 people are off", DecisionKind.Defer, "", "2 people are off", "Friday")]
    [InlineData("defer to 4 December, 2 people are off", DecisionKind.Defer, "", "2 people are off", "4 December")]
    [InlineData("reject, 2026 is over", DecisionKind.Reject, "", "2026 is over", "")]
    [InlineData("withdraw: storage migration that night", DecisionKind.Withdraw, "", "storage migration that night", "")]
    [InlineData("withdraw my approval for production: no", DecisionKind.Withdraw, "production", "no", "")]
    public void Given_a_decision_in_words_then_it_is_read(string text, DecisionKind kind, string ring, string reason, string until) =>
        Assert.Equal(new DecideCommand(kind, false, ring, reason, until), CommandReader.Read(text));

    [Theory]
    [InlineData("reject production: ", DecisionKind.Reject, "production", "")]
    [InlineData("defer to next month because ", DecisionKind.Defer, "", "next month")]
    [InlineData("@PatchBot withdraw: ", DecisionKind.Withdraw, "", "")]
    public void Given_a_decision_whose_reason_is_long_then_it_is_one_all_the_same(string start, DecisionKind kind, string ring, string until)
    {
        var reason = string.Join(' ', Enumerable.Repeat("it breaks the backup agent,", 100));
        Assert.Equal(new DecideCommand(kind, false, ring, reason, until), CommandReader.Read(start + reason, mentioned: true));
    }

    [Theory]
    [InlineData("approve ", ""), InlineData("reject ", ": no"), InlineData("reject ", ""), InlineData("status ", "")]
    public void Given_prose_that_begins_like_a_command_then_it_is_none(string start, string end) =>
        Assert.Null(CommandReader.Read(start + string.Join(' ', Enumerable.Repeat("words", 120)) + end, mentioned: true));

    [Theory]
    [InlineData("approve the emergency slot", "")]
    [InlineData("approve emergency", "")]
    [InlineData("approve emergency slot for production", "production")]
    public void Given_the_emergency_slot_then_it_is_told_from_the_window(string text, string ring) =>
        Assert.Equal(new DecideCommand(DecisionKind.Approve, true, ring, "", ""), CommandReader.Read(text));

    [Theory]
    [InlineData("link", "")]
    [InlineData("Link.", "")]
    [InlineData("link K7QD-94XM-T2WH", "K7QD-94XM-T2WH")]
    [InlineData("@PatchBot link k7qd94xmt2wh", "k7qd94xmt2wh")]
    [InlineData("`link K7QD-94XM-T2WH`", "K7QD-94XM-T2WH")]
    [InlineData("link `K7QD 94XM T2WH`.", "K7QD 94XM T2WH")]
    public void Given_a_wish_to_link_then_its_code_is_read(string text, string code) => Assert.Equal(new LinkCommand(code), CommandReader.Read(text));

    [Theory]
    [InlineData("link teams:8bc1-t:0f3d-o with slack:T0123:U0MAX", "teams:8bc1-t:0f3d-o", "slack:T0123:U0MAX")]
    [InlineData("<p>link&nbsp;slack:T0123:U0MAX to teams:a:b</p>", "slack:T0123:U0MAX", "teams:a:b")]
    public void Given_two_people_to_link_then_their_ids_are_read_as_written(string text, string one, string other) =>
        Assert.Equal(new LinkPeopleCommand(one, other), CommandReader.Read(text));

    [Fact]
    public void Given_somebody_to_unlink_or_a_question_who_one_is_then_it_is_read()
    {
        Assert.Equal(new UnlinkCommand("slack:T0123:U0_MAX"), CommandReader.Read("unlink slack:T0123:U0_MAX"));
        Assert.IsType<WhoAmICommand>(CommandReader.Read("who am I?"));
    }

    [Theory]
    [InlineData("link me the article")]
    [InlineData("link to the ticket")]
    [InlineData("the link K7QD-94XM-T2WH")]
    [InlineData("link K7QD-94XM")]
    [InlineData("link K7QD-94XM-T2WH please")]
    [InlineData("unlink the old share")]
    public void Given_talk_about_links_then_it_is_no_command(string text) => Assert.Null(CommandReader.Read(text));

    [Theory]
    [InlineData("I would not approve this")]
    [InlineData("don't approve")]
    [InlineData("do not approve production")]
    [InlineData("approve?")]
    [InlineData("approve production?")]
    [InlineData("should we approve")]
    [InlineData("please approve production")]
    [InlineData("approve: but only after the backup")]
    [InlineData("approval")]
    [InlineData("approver")]
    [InlineData("rejection: no")]
    [InlineData("deferred on Friday by the CAB")]
    [InlineData("postponed last week")]
    [InlineData("> approve")]
    [InlineData("<blockquote>approve</blockquote>")]
    [InlineData("~approve~")]
    [InlineData("<s>don't</s> approve")]
    [InlineData("`approve`")]
    [InlineData("<blockquote>approve")]
    [InlineData("@Max approve")]
    [InlineData("<@U02MAX> approve")]
    [InlineData("<at>Max</at> approve")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("statusquo")]
    [InlineData("follow the white rabbit")]
    public void Given_words_that_are_not_wholly_a_command_then_nothing_is_read(string text) => Assert.Null(CommandReader.Read(text));

    [Theory, InlineData("<@U0BOT> approve"), InlineData("<at>PatchBot</at>&nbsp;approve"), InlineData("<p><at id=\"0\">PatchBot</at> approve</p>")]
    public void Given_a_mention_of_the_bot_then_it_is_an_address(string text) =>
        Assert.IsType<DecideCommand>(CommandReader.Read(text, mentioned: true));

    [Fact]
    public void Given_talk_that_starts_like_an_approval_then_what_follows_would_have_to_be_a_ring() =>
        Assert.Equal("by the CAB yesterday", Assert.IsType<DecideCommand>(CommandReader.Read("approved by the CAB yesterday")).Ring);

    [Fact]
    public void Given_a_confirmation_then_requirement_and_ring_are_read() => Assert.Equal(
        new ConfirmCommand("KB5005112", "production"), CommandReader.Read("Confirm KB5005112 on production."));

    [Theory]
    [InlineData("follow patches of production", true, Topic.Patches, "production")]
    [InlineData("subscribe to announcements for Pilot servers", true, Topic.Announcements, "Pilot servers")]
    [InlineData("unfollow announcements of pilot", false, Topic.Announcements, "pilot")]
    [InlineData("unsubscribe from patches of pilot.", false, Topic.Patches, "pilot")]
    public void Given_what_a_channel_should_follow_then_it_is_read(string text, bool follow, Topic topic, string ring) =>
        Assert.Equal(new FollowCommand(follow, topic, ring), CommandReader.Read(text));

    [Theory]
    [InlineData("status", "")]
    [InlineData("What is open?", "")]
    [InlineData("status KB5032196", "KB5032196")]
    [InlineData("Status of KB5032196?", "KB5032196")]
    public void Given_a_question_for_the_state_then_the_patch_is_read(string text, string patch) =>
        Assert.Equal(new StatusCommand(patch), CommandReader.Read(text));

    [Fact]
    public void Given_the_other_questions_then_each_is_known()
    {
        Assert.IsType<WaitingCommand>(CommandReader.Read("What waits for me?"));
        Assert.IsType<WindowsCommand>(CommandReader.Read("windows"));
        Assert.IsType<RecordCommand>(CommandReader.Read("record a result"));
        Assert.IsType<HelpCommand>(CommandReader.Read("help"));
        Assert.IsType<DemoCommand>(CommandReader.Read("Show me a demo"));
    }

    [Theory]
    [InlineData("approve ", "a ")]
    [InlineData("approve ", "a-")]
    [InlineData("reject ", " - ")]
    [InlineData("defer ", "to to ")]
    [InlineData("confirm ", "on in for ")]
    [InlineData("withdraw ", "the my approval ")]
    [InlineData("", "patchbot ")]
    [InlineData("", "<")]
    public void Given_a_hostile_text_then_reading_it_ends(string start, string repeated)
    {
        var text = start + string.Concat(Enumerable.Repeat(repeated, 600 / repeated.Length));
        Assert.IsNotType<FollowCommand>(CommandReader.Read(text[..Math.Min(600, text.Length)] + "?"));
        Assert.Null(CommandReader.Read(text + new string('x', 4_000)));
    }
}

using PatchBot.Cards;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.Patches;
using PatchBot.Core.Record;
using PatchBot.Core.Rollouts;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Conversation;

public sealed class ConversationTests
{
    [Theory, InlineData(true), InlineData(false)]
    public async Task Given_a_tested_patch_when_its_approver_approves_by_button_or_by_reply_then_it_is_approved(bool button)
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseTestedAsync();

        var answer = button
            ? await chat.PressAsync(Some.Manager, card, "Approve Production servers")
            : await chat.SayAsync(Some.Manager, "approve production", card);

        Assert.StartsWith("Recorded: KB5032196 is approved for Production servers", Chat.Text(answer), StringComparison.Ordinal);
        Assert.Equal([RolloutState.Proposed, RolloutState.Approved], await chat.StatesAsync());
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Given_an_outsider_when_he_approves_by_button_or_by_reply_then_the_same_sentence_refuses_him(bool button)
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseTestedAsync();

        var answer = button
            ? await chat.PressAsync(Some.Outsider, card, "Approve Production servers")
            : await chat.SayAsync(Some.Outsider, "approve", card);

        Assert.Equal("Only approvers of Production servers can decide; you are not one of them.", Chat.Text(answer));
        Assert.DoesNotContain(RolloutState.Approved, await chat.StatesAsync());
    }

    [Theory, InlineData("approve"), InlineData("status"), InlineData("help"), InlineData("demo"), InlineData("confirm lunch on production")]
    [InlineData("confirm KB5032196 on production"), InlineData("follow patches of pilot"), InlineData("it passed, I think"), InlineData("KB5032196 passed on hv-lab-02")]
    public async Task Given_talk_outside_of_a_card_that_nobody_addressed_to_the_bot_then_it_is_left_alone(string text)
    {
        await using var chat = await Chat.StartAsync(["production"]);
        await chat.ReleaseTestedAsync();
        Assert.Equal(Answer.None, await chat.SayAsync(Some.Manager, text));
    }

    [Fact]
    public async Task Given_words_to_the_bot_that_it_does_not_understand_then_it_says_so_in_a_channel_and_in_a_cards_thread()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseTestedAsync();
        foreach (var thread in (string?[])[null, card])
        {
            Assert.Equal(
                "I did not understand that, so nothing was recorded. Write help to see what I understand.",
                Chat.Text(await chat.SayAsync(Some.Outsider, "what is this?", thread, toBot: true)));
        }
    }

    [Fact]
    public async Task Given_a_withdrawal_of_what_awaits_approval_then_the_answer_speaks_as_the_card_does()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseTestedAsync();
        Assert.Equal(
            "Nothing of KB5032196 awaits that here: pilot: awaits approval, production: awaits approval.",
            Chat.Text(await chat.SayAsync(Some.Manager, "withdraw: too early", card)));
    }

    [Theory, InlineData("approved by the CAB yesterday"), InlineData("I would not approve this"), InlineData("confirmed the plan for production")]
    public async Task Given_talk_in_a_cards_thread_then_nothing_is_recorded(string text)
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseTestedAsync();
        Assert.Equal(Answer.None, await chat.SayAsync(Some.Manager, text, card));
        Assert.DoesNotContain(RolloutState.Approved, await chat.StatesAsync());
    }

    [Fact]
    public async Task Given_a_mistyped_ring_in_a_cards_thread_then_its_writer_hears_of_it()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseTestedAsync();
        Assert.Equal(
            "There is no ring called 'prodution'; nothing was recorded. Rings: pilot, production.",
            Chat.Text(await chat.SayAsync(Some.Manager, "approve prodution", card)));
    }

    [Fact]
    public async Task Given_several_rings_wait_then_the_bot_asks_which_and_takes_the_one_that_is_named()
    {
        await using var chat = await Chat.StartAsync(["pilot", "production"]);
        var card = await chat.ReleaseTestedAsync();

        Assert.Equal(
            "Which ring do you mean? Write, for example: approve pilot. Waiting: pilot, production.",
            Chat.Text(await chat.SayAsync(Some.Manager, "approve", card)));
        Assert.StartsWith("Recorded: KB5032196 is approved for Pilot servers", Chat.Text(await chat.SayAsync(Some.Manager, "approve Pilot Servers", card)), StringComparison.Ordinal);
        Assert.Equal([RolloutState.Approved, RolloutState.Proposed], await chat.StatesAsync());
    }

    [Fact]
    public async Task Given_a_ring_that_the_card_here_does_not_show_then_it_is_not_decided_here()
    {
        await using var chat = await Chat.StartAsync(["pilot"]);
        var card = await chat.ReleaseTestedAsync();
        Assert.StartsWith("This channel does not follow Production servers", Chat.Text(await chat.SayAsync(Some.Manager, "approve production", card)), StringComparison.Ordinal);
        Assert.DoesNotContain(RolloutState.Approved, await chat.StatesAsync());
    }

    [Fact]
    public async Task Given_a_card_that_is_just_being_updated_then_it_has_to_be_read_again()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseTestedAsync();
        await chat.WriteAsync(session => session.Posts.RefreshAsync(PostSubject.Of("patch", "KB5032196"), Some.Token));

        Assert.Equal("The card above is just being updated. Read it again, then decide.", Chat.Text(await chat.SayAsync(Some.Manager, "approve", card)));
        await chat.DeliverAsync();
        Assert.StartsWith("Recorded", Chat.Text(await chat.SayAsync(Some.Manager, "approve", card)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_the_same_delivery_twice_then_the_second_changes_nothing_and_says_nothing()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseTestedAsync();
        Assert.StartsWith("Recorded", Chat.Text(await chat.SayAsync(Some.Manager, "approve", card, key: "again")), StringComparison.Ordinal);
        var before = await chat.ReadAsync(session => session.Audit.HeadAsync(Some.Token));

        Assert.Equal(Answer.Repeated, await chat.SayAsync(Some.Manager, "approve", card, key: "again"));
        Assert.Equal(before, await chat.ReadAsync(session => session.Audit.HeadAsync(Some.Token)));
    }

    [Fact]
    public async Task Given_a_button_that_nobody_knows_or_of_an_older_card_then_a_sentence_says_so()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseTestedAsync();
        Assert.StartsWith("This button is from an older version of the card", Chat.Text(await chat.ActAsync(Some.Manager, card, "rollout.approve/x")), StringComparison.Ordinal);

        var old = ((PressAction)chat.CardOf(card).Actions[0]).Id;
        await chat.SayAsync(Some.Engineer, "pass on sql-lab-03", card);
        Assert.Contains("changed since you looked", Chat.Text(await chat.ActAsync(Some.Manager, card, old)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_the_record_is_away_then_the_fault_comes_through_and_nothing_is_kept()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseTestedAsync();
        await chat.Record.ByHandAsync("ALTER TABLE inbox RENAME TO inbox_away");
        await Assert.ThrowsAnyAsync<Exception>(() => chat.SayAsync(Some.Manager, "approve", card, key: "lost"));

        await chat.Record.ByHandAsync("ALTER TABLE inbox_away RENAME TO inbox");
        Assert.DoesNotContain(RolloutState.Approved, await chat.StatesAsync());
        Assert.StartsWith("Recorded", Chat.Text(await chat.SayAsync(Some.Manager, "approve", card, key: "lost")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_known_prerequisite_then_an_engineer_confirms_it_and_an_outsider_does_not()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseAsync("KB5032196", Some.Facts() with { Requires = [new PatchId("KB5005112")] });

        Assert.StartsWith("Only engineers and admins", Chat.Text(await chat.SayAsync(Some.Outsider, "confirm KB5005112 on production", card)), StringComparison.Ordinal);
        Assert.StartsWith("Noted: KB5005112", Chat.Text(await chat.SayAsync(Some.Engineer, "confirm 5005112 on Production servers", card)), StringComparison.Ordinal);
        Assert.StartsWith("It was confirmed before", Chat.Text(await chat.SayAsync(Some.Engineer, "confirm KB5005112 on production", toBot: true)), StringComparison.Ordinal);
        Assert.StartsWith("'lunch' is not a prerequisite", Chat.Text(await chat.SayAsync(Some.Engineer, "confirm lunch on production", toBot: true)), StringComparison.Ordinal);
    }
}

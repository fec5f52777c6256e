using PatchBot.Core.Conversation;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Conversation;

public sealed class LabTalkTests
{
    [Fact]
    public async Task Given_a_reply_with_a_result_then_it_is_echoed_in_the_thread_and_the_card_shows_it()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseAsync();
        var before = chat.CardOf(card);

        Assert.Equal(Answer.None, await chat.SayAsync(Some.Engineer, "pass on hv-lab-02, backups ok", card));
        await chat.DeliverAsync();

        Assert.Equal("Lab result recorded", Assert.Single(chat.Platform.Messages, message => message.Thread == card).Card.Title);
        Assert.NotEqual(PatchBot.Cards.CardJson.Write(before), PatchBot.Cards.CardJson.Write(chat.CardOf(card)));
    }

    [Fact]
    public async Task Given_a_result_outside_of_a_thread_that_names_its_patch_then_it_is_recorded()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        await chat.ReleaseAsync();
        await chat.SayAsync(Some.Engineer, "KB5032196 passed on hv-lab-02");
        Assert.Equal(LabOutcome.Pass, Assert.Single(await StandingAsync(chat)).Outcome);
    }

    [Fact]
    public async Task Given_an_edited_and_then_deleted_reply_then_the_results_follow()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseAsync();
        await chat.SayAsync(Some.Engineer, "pass on hv-lab-02", card, key: "first");

        await chat.HandleAsync(new MessageEdited(Chat.Patching, Some.Engineer, "edit", "said-first", card, "fail on hv-lab-02: agent won't start", false));
        Assert.Equal(LabOutcome.Fail, Assert.Single(await StandingAsync(chat)).Outcome);

        await chat.HandleAsync(new MessageDeleted(Chat.Patching, Some.Engineer, "delete", "said-first"));
        Assert.Empty(await StandingAsync(chat));
    }

    [Fact]
    public async Task Given_talk_outside_of_threads_that_is_edited_then_it_is_left_alone()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        await chat.ReleaseAsync();
        Assert.Equal(Answer.None, await chat.HandleAsync(new MessageEdited(Chat.Patching, Some.Engineer, "edit", "talk", null, "it passed, I think", false)));
        Assert.Equal(Answer.None, await chat.HandleAsync(new MessageEdited(Chat.Patching, Some.Engineer, "edit2", "talk", null, "approve", false)));
    }

    [Fact]
    public async Task Given_the_cards_form_twice_then_these_are_two_reports_even_with_the_longest_delivery_keys()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseAsync();
        foreach (var host in (string[])["hv-lab-02", "hv-lab-03"])
        {
            var inputs = new Dictionary<string, string> { ["outcome"] = "pass", ["host"] = host };
            var pressed = new ActionPressed(Chat.Patching, Some.Engineer, host.PadRight(200, 'k'), card, card, "lab.report/KB5032196", inputs);
            Assert.StartsWith("Recorded", Chat.Text(await chat.HandleAsync(pressed)), StringComparison.Ordinal);
        }

        Assert.Equal(2, (await StandingAsync(chat)).Count);
    }

    [Fact]
    public async Task Given_an_outsiders_result_in_a_thread_then_a_sentence_refuses_it()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseAsync();
        Assert.StartsWith("Only engineers can record", Chat.Text(await chat.SayAsync(Some.Outsider, "pass on hv-lab-02", card)), StringComparison.Ordinal);
        Assert.Empty(await StandingAsync(chat));
    }

    private static Task<IReadOnlyList<LabResult>> StandingAsync(Chat chat) =>
        chat.ReadAsync(session => session.Lab.StandingAsync([new PatchId("KB5032196")], Some.Token));
}

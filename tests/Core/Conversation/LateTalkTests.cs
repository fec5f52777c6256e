using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.People.Links;
using PatchBot.Core.Rollouts;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Conversation;

/// <summary>What was written while the bot did not listen, and is read afterwards.</summary>
public sealed class LateTalkTests
{
    private const string Nothing = "it decided nothing and changed nothing";

    [Theory]
    [InlineData("approve production"), InlineData("approve"), InlineData("reject production: not now"), InlineData("defer production to next month: later"), InlineData("withdraw production")]
    public async Task Given_a_decision_that_is_read_late_then_it_decides_nothing_and_the_thread_says_so(string text)
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseTestedAsync();
        var before = await chat.StatesAsync();
        Assert.Contains(Nothing, Chat.Text(Assert.IsType<ReplyAnswer>(await LateAsync(chat, Some.Manager, text, card))), StringComparison.Ordinal);
        Assert.Equal(before, await chat.StatesAsync());

        // Said again it counts.
        await chat.SayAsync(Some.Manager, "approve production", card);
        Assert.Contains(RolloutState.Approved, await chat.StatesAsync());
    }

    [Theory, InlineData("follow patches of production"), InlineData("unfollow patches of pilot"), InlineData("unlink webchat:local:engineer"), InlineData("demo")]
    [InlineData("link webchat:local:engineer with webchat:local:manager"), InlineData("confirm KB5032196 on production")]
    public async Task Given_an_order_that_is_read_late_then_it_changes_nothing(string text)
    {
        await using var chat = await Chat.StartAsync(["pilot"]);
        await chat.ReleaseAsync();
        var head = await HeadAsync(chat);
        Assert.Contains(Nothing, Chat.Text(await LateAsync(chat, Chat.Admin, text, toBot: true)), StringComparison.Ordinal);
        Assert.Equal(head, await HeadAsync(chat));
        Assert.Equal(["pilot"], await chat.ReadAsync(session => session.Channels.FollowedAsync(Chat.Patching, Topic.Patches, Some.Token)));
    }

    [Theory, InlineData("link"), InlineData("link K7QD-94XM-T2WH")]
    public async Task Given_a_link_that_is_read_late_then_none_begins_or_ends(string text)
    {
        await using var chat = await Chat.StartAsync([]);
        Assert.Contains(Nothing, Chat.Text(await LateAsync(chat, Some.Engineer, text, alone: true)), StringComparison.Ordinal);
    }

    [Theory, InlineData("status", "KB5032196"), InlineData("windows", "window"), InlineData("help", "status")]
    public async Task Given_a_question_that_is_read_late_then_it_is_answered(string text, string expected)
    {
        await using var chat = await Chat.StartAsync(["production"]);
        await chat.ReleaseAsync();
        Assert.Contains(expected, Chat.Text(await LateAsync(chat, Some.Outsider, text, toBot: true)), StringComparison.Ordinal);
    }

    [Theory, InlineData("approved by the CAB yesterday"), InlineData("I would not approve this"), InlineData("confirmed the plan for production"), InlineData("lunch?")]
    public async Task Given_talk_that_is_read_late_then_it_is_left_alone(string text)
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseTestedAsync();
        Assert.Equal(Answer.None, await LateAsync(chat, Some.Manager, text, card));
    }

    [Fact]
    public async Task Given_a_lab_result_that_is_read_late_then_it_stands_where_it_was_written()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseAsync();
        await chat.SayAsync(Some.Engineer, "fail on hv-lab-02: agent won't start", card);
        await LateAsync(chat, Some.Engineer, "pass on hv-lab-02", card);
        await LateAsync(chat, Some.Engineer, "pass on hv-lab-03", card);
        var results = await chat.ReadAsync(session => session.Lab.StandingAsync([new PatchId("KB5032196")], Some.Token));
        Assert.Equal("hv-lab-02 fail; hv-lab-03 pass", LabStatus.Of(results, Humans.Unlinked).Digest);
        Assert.Equal([Written, Written], results.Where(result => result.Outcome == LabOutcome.Pass).Select(result => result.At));
    }

    [Fact]
    public async Task Given_an_edit_that_is_read_late_then_the_result_follows_and_a_decision_in_it_is_none()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseAsync();
        await chat.SayAsync(Some.Engineer, "pass on hv-lab-02", card, key: "first");
        await chat.HandleAsync(Edited("fail on hv-lab-02", card) with { DeliveryKey = "second" });
        Assert.Equal(LabOutcome.Fail, Assert.Single(await chat.ReadAsync(session => session.Lab.StandingAsync([new PatchId("KB5032196")], Some.Token))).Outcome);
        await chat.HandleAsync(Edited("approve production", card) with { DeliveryKey = "third", By = Some.Manager });
        Assert.DoesNotContain(RolloutState.Approved, await chat.StatesAsync());
    }

    private static DateTimeOffset Written { get; } = Some.Noon.AddHours(-3);

    private static MessageEdited Edited(string text, string thread) =>
        new(Chat.Patching, Some.Engineer, "edit", "said-first", thread, text, ToBot: false) { WrittenAt = Written };

    private static Task<Answer> LateAsync(Chat chat, Person by, string text, string? thread = null, bool toBot = false, bool alone = false) =>
        chat.HandleAsync(new MessagePosted(alone ? Chat.AloneWith(by) : Chat.Patching, by, $"late {text}", $"late {text}", thread, text, toBot || alone, alone) { WrittenAt = Written });

    private static async Task<long> HeadAsync(Chat chat) => (await chat.ReadAsync(session => session.Audit.HeadAsync(Some.Token))).Sequence;
}

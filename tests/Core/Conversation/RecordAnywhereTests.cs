using PatchBot.Cards;
using PatchBot.Core.Conversation;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Conversation;

/// <summary>The lab form wherever someone asks for it: with a message in hand, in a channel, or from nowhere.</summary>
public sealed class RecordAnywhereTests : IAsyncLifetime
{
    private Chat chat = null!;
    private string card = null!;

    public async ValueTask InitializeAsync()
    {
        chat = await Chat.StartAsync(["production"]);
        card = await chat.ReleaseAsync();
    }

    public ValueTask DisposeAsync() => chat.DisposeAsync();

    [Fact]
    public async Task Given_a_message_in_a_cards_thread_then_the_form_is_that_patchs_and_filled_with_what_it_says()
    {
        var form = await AskAsync("m9", card, "fail on sql-lab-03: the agent won't start");
        Assert.Equal(("lab.report/KB5032196", "fail", "sql-lab-03"), (form.Id, ValueOf(form, LabForm.Outcome), ValueOf(form, LabForm.Host)));
        Assert.Contains("the agent won't start", ValueOf(form, LabForm.Note), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_message_that_is_not_clear_then_its_words_are_the_note_and_the_outcome_is_asked()
    {
        var form = await AskAsync("m9", card, "seems <b>fine</b> on hv-lab-02, I think");
        Assert.Equal(("", "hv-lab-02", "seems fine on hv-lab-02, I think"), (ValueOf(form, LabForm.Outcome), ValueOf(form, LabForm.Host), ValueOf(form, LabForm.Note)));
    }

    [Fact]
    public async Task Given_the_card_itself_in_hand_then_the_form_is_its_patchs() =>
        Assert.Equal("lab.report/KB5032196", (await AskAsync(card, null, "")).Id);

    [Fact]
    public async Task Given_a_message_that_reports_on_another_patch_then_the_form_is_that_ones()
    {
        await chat.ReleaseAsync("KB5032198");
        Assert.Equal("lab.report/KB5032198", (await AskAsync("m9", card, "KB5032198 passed on hv-lab-02")).Id);
        Assert.Equal("lab.report/KB5032198", (await AskAsync("m9", null, "KB5032198 passed on hv-lab-02")).Id);
    }

    [Fact]
    public async Task Given_no_thread_then_the_form_offers_what_waits_for_the_lab_newest_first_and_records_below_its_card()
    {
        await chat.ReleaseAsync("KB5032198", Some.Facts() with { ReleasedAt = Some.Noon.AddHours(-1) });
        var other = await chat.ReleaseAsync("KB5032199", Some.Facts() with { ReleasedAt = Some.Noon.AddHours(-3) });
        await chat.SayAsync(Some.Engineer, "pass on hv-lab-02", other);

        var form = Assert.IsType<FormAnswer>(await chat.SayAsync(Some.Engineer, "record", toBot: true)).Form;
        Assert.Equal(["KB5032198", "KB5032196"], Assert.IsType<ChoiceInput>(form.Inputs[0]).Choices.Select(choice => choice.Value));

        Assert.StartsWith("Recorded KB5032196: pass on hv-lab-02", Chat.Text(await SendAsync(form, "said", "KB5032196", "pass")), StringComparison.Ordinal);
        await chat.DeliverAsync();
        Assert.Equal(card, chat.Platform.Messages[^1].Thread);
    }

    [Fact]
    public async Task Given_no_message_and_a_chat_that_follows_nothing_then_every_ring_is_looked_at_and_the_echo_stands_by_itself()
    {
        var alone = Chat.AloneWith(Some.Engineer);
        var form = Assert.IsType<FormAnswer>(await chat.HandleAsync(new ResultAsked(alone, Some.Engineer, "shortcut", null, null, ""))).Form;
        Assert.Equal("KB5032196", Assert.Single(Assert.IsType<ChoiceInput>(form.Inputs[0]).Choices).Value);

        var inputs = new Dictionary<string, string> { [LabForm.Patch] = "KB5032196", [LabForm.Outcome] = "pass" };
        await chat.HandleAsync(new ActionPressed(alone, Some.Engineer, "sent", "", null, form.Id, inputs));
        var report = await chat.ReadAsync(session => session.Lab.FindReportAsync(1, Some.Token));
        Assert.Equal((alone, null), (report!.Message.Channel, report.Thread));
    }

    [Fact]
    public async Task Given_nothing_that_waits_for_the_lab_then_the_patch_is_asked_for_by_name()
    {
        await chat.SayAsync(Some.Engineer, "pass on hv-lab-02", card);
        var form = Assert.IsType<FormAnswer>(await chat.SayAsync(Some.Engineer, "record", toBot: true)).Form;
        Assert.Equal(LabForm.Patch, Assert.IsType<TextInput>(form.Inputs[0]).Id);
        Assert.StartsWith("Recorded KB5032196", Chat.Text(await SendAsync(form, "said", "kb 5032196", "pass")), StringComparison.Ordinal);
    }

    [Theory, InlineData(""), InlineData("KB9999999"), InlineData("  ")]
    public async Task Given_a_patch_that_is_not_known_then_nothing_is_recorded_and_its_field_is_to_blame(string name)
    {
        var refused = Assert.IsType<NoticeAnswer>(await chat.ActAsync(
            Some.Engineer, "said", LabActions.Record, (LabForm.Patch, name), (LabForm.Outcome, "pass")));
        Assert.Equal((LabForm.Patch, Tone.Warning), (refused.Field, refused.Tone));
        Assert.Empty(await chat.ReadAsync(session => session.Lab.StandingAsync([new PatchId("KB5032196")], Some.Token)));
    }

    [Fact]
    public async Task Given_someone_who_may_not_record_then_the_sent_form_is_refused() =>
        Assert.StartsWith("Only engineers", Chat.Text(await chat.ActAsync(
            Some.Outsider, "said", LabActions.Record, (LabForm.Patch, "KB5032196"), (LabForm.Outcome, "pass"))), StringComparison.Ordinal);

    [Fact]
    public async Task Given_a_delivery_that_comes_twice_then_the_form_is_offered_once()
    {
        var asked = new ResultAsked(Chat.Patching, Some.Engineer, "again", "m9", card, "pass");
        Assert.IsType<FormAnswer>(await chat.HandleAsync(asked));
        Assert.Equal(Answer.Repeated, await chat.HandleAsync(asked));
    }

    private async Task<CardForm> AskAsync(string message, string? thread, string text) =>
        Assert.IsType<FormAnswer>(await chat.HandleAsync(new ResultAsked(Chat.Patching, Some.Engineer, Guid.NewGuid().ToString("n"), message, thread, text))).Form;

    private Task<Answer> SendAsync(CardForm form, string message, string patch, string outcome) =>
        chat.ActAsync(Some.Engineer, message, form.Id, (LabForm.Patch, patch), (LabForm.Outcome, outcome), (LabForm.Host, "hv-lab-02"));

    private static string ValueOf(CardForm form, string field) => form.Inputs.Single(input => input.Id == field).Value;
}

using PatchBot.Core.Approvals;
using PatchBot.Core.Conversation;
using PatchBot.Core.Lab;
using PatchBot.Core.Relations;
using PatchBot.Cards;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Conversation;

/// <summary>A refused form says which of its inputs is to blame, where one is.</summary>
public sealed class BlamedFieldTests : IAsyncLifetime
{
    private Chat chat = null!;
    private string card = null!;

    public async ValueTask InitializeAsync()
    {
        chat = await Chat.StartAsync(["production"]);
        card = await chat.ReleaseTestedAsync();
    }

    public ValueTask DisposeAsync() => chat.DisposeAsync();

    [Theory]
    [InlineData("Reject", DecisionAction.ReasonField, DecisionAction.ReasonField, "  ")]
    [InlineData("Defer", DecisionAction.DateField, DecisionAction.DateField, "")]
    [InlineData("Defer", DecisionAction.DateField, DecisionAction.DateField, "2020-01-01")]
    [InlineData("Defer", DecisionAction.DateField, DecisionAction.DateField, "tomorrow, or so")]
    [InlineData("Record lab result", LabForm.Outcome, LabForm.Outcome, "fine")]
    [InlineData("Record lab result", LabForm.Note, LabForm.Outcome, "blocked")]
    public async Task Given_a_form_that_is_refused_then_its_field_is_named(string title, string blamed, string field, string value) =>
        Assert.Equal(blamed, Assert.IsType<NoticeAnswer>(await chat.PressAsync(PersonFor(title), card, title, (field, value))).Field);

    [Fact]
    public async Task Given_a_host_that_is_too_long_then_its_field_is_named()
    {
        var refused = await chat.PressAsync(Some.Engineer, card, "Record lab result", (LabForm.Outcome, "pass"), (LabForm.Host, new string('h', 101)));
        Assert.Equal(LabForm.Host, Assert.IsType<NoticeAnswer>(refused).Field);
    }

    [Fact]
    public async Task Given_a_withdrawal_without_a_reason_then_its_field_is_named()
    {
        await chat.SayAsync(Some.Manager, "approve", card);
        await chat.DeliverAsync();
        var refused = await chat.PressAsync(Some.Manager, card, "Withdraw approval, Production servers", (DecisionAction.ReasonField, ""));
        Assert.Equal(DecisionAction.ReasonField, Assert.IsType<NoticeAnswer>(refused).Field);
    }

    [Fact]
    public async Task Given_a_prerequisite_that_is_not_open_any_more_then_its_field_is_named()
    {
        var refused = await chat.ActAsync(Some.Engineer, card, "dependency.confirm/KB5032196", (ConfirmForm.Field, "production/000000000000"));
        Assert.Equal(ConfirmForm.Field, Assert.IsType<NoticeAnswer>(refused).Field);
    }

    [Fact]
    public async Task Given_a_refusal_that_no_field_is_to_blame_for_then_none_is_named()
    {
        var refused = Assert.IsType<NoticeAnswer>(await chat.PressAsync(Some.Outsider, card, "Reject", (DecisionAction.ReasonField, "")));
        Assert.Equal((null, Tone.Warning), (refused.Field, refused.Tone));
    }

    private static PatchBot.Core.People.Person PersonFor(string title) => title == "Record lab result" ? Some.Engineer : Some.Manager;
}

using System.Globalization;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Conversation;

/// <summary>Days are the ring's, in Berlin, on both sides of the change from summer time.</summary>
public sealed class DecisionDateTests
{
    [Theory]
    [InlineData("2026-11-10T12:00Z", "next month", "2026-11-30T23:00Z")]
    [InlineData("2026-11-10T12:00Z", "next week", "2026-11-15T23:00Z")]
    [InlineData("2026-11-15T23:30Z", "next week", "2026-11-22T23:00Z")]
    [InlineData("2026-10-24T12:00Z", "next week", "2026-10-25T23:00Z")]
    [InlineData("2026-10-24T12:00Z", "2026-10-25", "2026-10-24T22:00Z")]
    [InlineData("2026-03-31T22:30Z", "next month", "2026-04-30T22:00Z")]
    [InlineData("2026-11-10T12:00Z", "2027-03-28", "2027-03-27T23:00Z")]
    [InlineData("2026-12-31T23:30Z", "next month", "2027-01-31T23:00Z")]
    public async Task Given_a_named_day_then_it_starts_in_the_rings_zone(string now, string until, string expected)
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseAsync();
        chat.Clock.AdjustTime(At(now));

        Assert.StartsWith("Recorded", Chat.Text(await chat.SayAsync(Some.Manager, $"defer to {until}", card)), StringComparison.Ordinal);
        Assert.Equal(At(expected), await DeferredToAsync(chat));
    }

    [Fact]
    public async Task Given_the_next_window_then_the_one_right_after_the_suggested_one_is_left()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseAsync();
        await chat.SayAsync(Some.Manager, "defer to next window", card);
        Assert.Equal(At("2026-11-15T01:00Z"), await DeferredToAsync(chat));
    }

    [Theory, InlineData("defer"), InlineData("defer to Monday"), InlineData("defer to 2026-02-30"), InlineData("defer to 0001-01-01"), InlineData("defer to 9999-12-31"), InlineData("defer to 2026-11-10")]
    public async Task Given_no_day_or_one_that_is_past_or_senseless_then_a_sentence_asks_for_one(string text)
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseAsync();
        Assert.StartsWith("Say until when", Chat.Text(await chat.SayAsync(Some.Manager, text, card)), StringComparison.Ordinal);
        Assert.StartsWith("Say until when", Chat.Text(await chat.PressAsync(Some.Manager, card, "Defer", ("date", text))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_the_form_then_its_day_and_reason_are_taken()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseAsync();
        await chat.PressAsync(Some.Manager, card, "Defer", ("date", "2026-12-05"), ("reason", "vendor call"));
        Assert.Equal(At("2026-12-04T23:00Z"), await DeferredToAsync(chat));
    }

    private static async Task<DateTimeOffset?> DeferredToAsync(Chat chat) =>
        (await chat.ReadAsync(session => session.Rollouts.OfPatchesAsync([new PatchBot.Core.Patches.PatchId("KB5032196")], Some.Token)))
            .Single(rollout => rollout.Ring == "production").DeferredTo;

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}

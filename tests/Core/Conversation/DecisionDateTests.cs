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

    // Tuesday 10 November 2026, noon.
    [Theory]
    [InlineData("defer to tomorrow", "2026-11-11")]
    [InlineData("defer until the day after tomorrow", "2026-11-12")]
    [InlineData("defer to Monday", "2026-11-16")]
    [InlineData("defer until Tuesday", "2026-11-17")]
    [InlineData("defer to this Friday", "2026-11-13")]
    [InlineData("defer until next Friday", "2026-11-20")]
    [InlineData("defer until Friday next week", "2026-11-20")]
    [InlineData("defer until Wed please", "2026-11-11")]
    [InlineData("defer next week", "2026-11-16")]
    [InlineData("defer to the week after next", "2026-11-23")]
    [InlineData("defer by 2 weeks", "2026-11-24")]
    [InlineData("defer for a week", "2026-11-17")]
    [InlineData("defer for another two weeks", "2026-11-24")]
    [InlineData("defer for a couple of weeks", "2026-11-24")]
    [InlineData("defer 14 days", "2026-11-24")]
    [InlineData("defer 2w", "2026-11-24")]
    [InlineData("defer by 48 hours", "2026-11-12")]
    [InlineData("defer until 2 weeks from now", "2026-11-24")]
    [InlineData("defer for a fortnight: vacation", "2026-11-24")]
    [InlineData("defer production by three days", "2026-11-13")]
    [InlineData("defer production for a month", "2026-12-10")]
    [InlineData("postpone it by a week due to the audit", "2026-11-17")]
    [InlineData("delay to next week on production", "2026-11-16")]
    [InlineData("defer to next month for Production servers", "2026-12-01")]
    [InlineData("defer to Dec 5", "2026-12-05")]
    [InlineData("defer to December 5th", "2026-12-05")]
    [InlineData("defer to 5 December", "2026-12-05")]
    [InlineData("defer to the 5th of December: vendor call", "2026-12-05")]
    [InlineData("defer to 5 March", "2027-03-05")]
    [InlineData("defer to Dec 5, 2027", "2027-12-05")]
    [InlineData("defer to 5 December, 2027, since the vendor asked", "2027-12-05")]
    [InlineData("defer to Saturday, 5 December", "2026-12-05")]
    [InlineData("defer to Sat 5 Dec 2026", "2026-12-05")]
    [InlineData("defer to the 15th", "2026-11-15")]
    [InlineData("defer to the 5th", "2026-12-05")]
    [InlineData("defer to 5.12.", "2026-12-05")]
    [InlineData("defer to 05.12.2026", "2026-12-05")]
    [InlineData("defer to 12/24", "2026-12-24")]
    [InlineData("defer to 24/12/2026", "2026-12-24")]
    [InlineData("defer to 2026/12/05", "2026-12-05")]
    [InlineData("defer until after 5 December", "2026-12-06")]
    [InlineData("defer to the end of the month", "2026-11-30")]
    [InlineData("defer until month end", "2026-11-30")]
    [InlineData("defer to the end of next month", "2026-12-31")]
    [InlineData("defer to the end of the week", "2026-11-13")]
    [InlineData("defer to the beginning of December", "2026-12-01")]
    [InlineData("defer to mid-December", "2026-12-15")]
    [InlineData("defer to December", "2026-12-01")]
    [InlineData("defer to January", "2027-01-01")]
    [InlineData("defer until after December", "2027-01-01")]
    [InlineData("defer to next quarter", "2027-01-01")]
    [InlineData("defer to next year", "2027-01-01")]
    [InlineData("defer to CW 50", "2026-12-07")]
    [InlineData("defer to week 2", "2027-01-11")]
    [InlineData("defer to the next patch Tuesday", "2026-12-08")]
    [InlineData("defer until after the freeze", "2027-01-07")]
    [InlineData("defer until the change freeze is over", "2027-01-07")]
    [InlineData("defer until after the year-end freeze", "2027-01-07")]
    public async Task Given_a_day_as_people_write_it_then_it_is_understood_and_named_in_the_answer(string text, string expected)
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseAsync();
        var day = DateTime.Parse(expected, CultureInfo.InvariantCulture);

        var answer = Chat.Text(await chat.SayAsync(Some.Manager, text, card));

        Assert.Equal($"Recorded: KB5032196 is deferred for Production servers, not before {day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture)}; a later window is suggested on the card.", answer);
        Assert.Equal(TimeZoneInfo.ConvertTimeToUtc(day, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")), (await DeferredToAsync(chat))!.Value.UtcDateTime);
    }

    [Theory]
    [InlineData("defer", "Say until when, in the future")]
    [InlineData("defer to whenever", "I can't read 'whenever' as a day. Nothing was recorded. Say until when, for example: defer to 2026-12-01.")]
    [InlineData("defer until further notice: no vendor fix", "I can't read 'further notice' as a day. Nothing was recorded. Say until when, for example: defer to 2026-12-01: no vendor fix.")]
    [InlineData("defer to 5/12: vendor call", "5/12 is one day here and another one elsewhere. Nothing was recorded. Say until when, for example: defer to 2026-12-05: vendor call, or defer to 2027-05-12: vendor call.")]
    [InlineData("defer production to 6/7/2027", "6/7/2027 is one day here and another one elsewhere. Nothing was recorded. Say until when, for example: defer production to 2027-07-06, or defer production to 2027-06-07.")]
    [InlineData("defer to Friday, 5 December", "Sat 5 Dec 2026 is no Friday.")]
    [InlineData("defer to 5 November", "5 November has passed. Nothing was recorded. Say until when, for example: defer to 2027-11-05.")]
    [InlineData("defer to 30 February", "There is no such day.")]
    [InlineData("defer to 2026-02-30", "I can't read '2026-02-30' as a day.")]
    [InlineData("defer to 0001-01-01", "I can't read")]
    [InlineData("defer to 9999-12-31", "I can't read")]
    [InlineData("defer to 2026-11-10", "Tue 10 Nov 2026 is not after today.")]
    [InlineData("defer to today", "Tue 10 Nov 2026 is not after today.")]
    [InlineData("defer to November", "Sun 1 Nov 2026 is not after today.")]
    [InlineData("defer to Friday 22:00", "I can't read 'Friday 22' as a day.")]
    [InlineData("defer by Friday", "I can't read 'by Friday' as a day.")]
    [InlineData("defer for a few weeks", "How many?")]
    [InlineData("defer for a week or two", "I can't read")]
    [InlineData("defer by 5 working days", "I count calendar days.")]
    [InlineData("defer by 36 hours", "I defer by whole days.")]
    [InlineData("defer by 9999 years", "I can't read")]
    [InlineData("defer until after the audit freeze", "Production servers has no such freeze ahead.")]
    [InlineData("defer to the weekend", "I can't read")]
    public async Task Given_no_day_or_one_that_is_past_or_may_be_several_then_the_answer_says_what_to_write_and_nothing_is_recorded(string text, string expected)
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseAsync();
        Assert.StartsWith(expected, Chat.Text(await chat.SayAsync(Some.Manager, text, card)), StringComparison.Ordinal);
        Assert.Null(await DeferredToAsync(chat));
    }

    [Theory, InlineData("whenever"), InlineData("2026-11-10"), InlineData("5/12")]
    public async Task Given_the_form_without_a_day_to_come_then_its_field_is_to_blame(string date)
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseAsync();
        Assert.Contains("Say until when, for example: defer to 20", Chat.Text(await chat.PressAsync(Some.Manager, card, "Defer", ("date", date))), StringComparison.Ordinal);
        Assert.Null(await DeferredToAsync(chat));
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

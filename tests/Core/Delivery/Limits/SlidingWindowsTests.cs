using Microsoft.Extensions.Time.Testing;
using PatchBot.Core.Delivery;
using PatchBot.Core.Delivery.Limits;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Delivery.Limits;

public sealed class SlidingWindowsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Transit = TimeSpan.FromMilliseconds(100);

    private readonly FakeTimeProvider clock = new(Some.Noon);

    [Fact]
    public async Task Given_a_full_window_then_the_next_call_waits_until_the_first_has_left_it()
    {
        var windows = Windows(new RateLimit(2, Second));
        await CallAsync(windows);
        clock.Advance(Second / 4);
        await CallAsync(windows);
        var third = windows.EnterAsync(Second * 5, Some.Token);

        clock.Advance(Second * 0.74);
        Assert.False(third.IsCompleted);
        clock.Advance(Second * 0.01);
        using var slot = await third;
    }

    [Fact]
    public async Task Given_who_only_asks_how_long_it_would_take_then_it_is_told_and_takes_nothing()
    {
        var windows = Windows(new RateLimit(1, Second));
        Assert.Equal(TimeSpan.Zero, windows.Ahead());
        await CallAsync(windows);
        Assert.Equal(Second, windows.Ahead());
        Assert.Equal(Second, windows.Ahead());
        var next = windows.EnterAsync(Second * 5, Some.Token);
        Assert.Equal(Second * 2, windows.Ahead());
        clock.Advance(Second);
        using var slot = await next;
    }

    [Fact]
    public async Task Given_several_windows_then_all_of_them_hold_over_a_long_time()
    {
        RateLimit[] limits = [new(7, Second), new(8, Second * 2), new(60, Second * 30)];
        var windows = Windows(limits);
        var sent = new List<DateTimeOffset>();
        while (sent.Count < 200)
        {
            try
            {
                await CallAsync(windows);
                sent.Add(clock.GetUtcNow());
            }
            catch (DeliveryPostponedException later)
            {
                clock.Advance(later.Wait);
            }
        }

        foreach (var limit in limits)
        {
            Assert.All(Enumerable.Range(limit.Calls, sent.Count - limit.Calls), last => Assert.True(sent[last] - sent[last - limit.Calls] >= limit.Span));
        }

        // The longest window decides, and what it allows is used.
        Assert.True(sent[^1] - sent[0] < Second * (200 / 60 * 30 + 10));
    }

    [Fact]
    public async Task Given_a_call_underway_then_its_place_is_free_a_window_after_it_surely_arrived_though_no_answer_came()
    {
        var windows = Windows(new RateLimit(1, Second));
        using var slow = await windows.EnterAsync(TimeSpan.Zero, Some.Token);
        slow.Sent();
        var next = windows.EnterAsync(Second * 5, Some.Token);

        clock.Advance(Second + Transit - TimeSpan.FromMilliseconds(1));
        Assert.False(next.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        using var slot = await next;
    }

    [Fact]
    public async Task Given_a_call_that_was_never_sent_then_its_place_is_given_back_at_once()
    {
        var windows = Windows(new RateLimit(1, Second));
        var idle = await windows.EnterAsync(TimeSpan.Zero, Some.Token);
        var next = windows.EnterAsync(Second * 5, Some.Token);
        Assert.False(next.IsCompleted);
        idle.Dispose();
        using var slot = await next;
    }

    [Fact]
    public async Task Given_a_call_that_waits_to_be_sent_then_it_counts_from_when_it_is()
    {
        var windows = Windows(new RateLimit(1, Second));
        using var held = await windows.EnterAsync(TimeSpan.Zero, Some.Token);
        var next = windows.EnterAsync(Second * 60, Some.Token);
        clock.Advance(Second * 10);
        Assert.False(next.IsCompleted);
        held.Sent();
        held.Dispose();
        clock.Advance(Second - TimeSpan.FromMilliseconds(1));
        Assert.False(next.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        using var slot = await next;
    }

    [Fact]
    public async Task Given_many_who_wait_then_they_are_served_in_their_order()
    {
        var windows = Windows(new RateLimit(1, Second));
        await CallAsync(windows);
        var order = new List<int>();
        var waiting = Enumerable.Range(0, 5).Select(async number =>
        {
            await CallAsync(windows, Second * 60);
            order.Add(number);
        }).ToList();
        foreach (var one in waiting)
        {
            clock.Advance(Second);
            await one;
        }

        Assert.Equal([0, 1, 2, 3, 4], order);
    }

    [Fact]
    public async Task Given_less_patience_than_it_takes_then_the_call_is_postponed_at_once_and_says_how_long()
    {
        var windows = Windows(new RateLimit(2, Second * 30));
        await CallAsync(windows);
        clock.Advance(Second * 10);
        await CallAsync(windows);
        var fault = await Assert.ThrowsAsync<DeliveryPostponedException>(() => windows.EnterAsync(Second * 3, Some.Token));
        Assert.Equal(Second * 20, fault.Wait);
        clock.Advance(Second * 20);
        await CallAsync(windows);
    }

    [Fact]
    public async Task Given_others_who_wait_already_then_their_turns_count_too()
    {
        var windows = Windows(new RateLimit(1, Second));
        await CallAsync(windows);
        var first = windows.EnterAsync(Second * 10, Some.Token);
        var second = windows.EnterAsync(Second * 10, Some.Token);
        var fault = await Assert.ThrowsAsync<DeliveryPostponedException>(() => windows.EnterAsync(Second * 2, Some.Token));
        Assert.Equal(Second * 3, fault.Wait);
        Assert.False(first.IsCompleted || second.IsCompleted);
    }

    [Fact]
    public async Task Given_patience_that_runs_out_then_the_place_in_the_queue_goes_to_the_next()
    {
        var windows = Windows(new RateLimit(1, Second));
        var held = await windows.EnterAsync(TimeSpan.Zero, Some.Token);
        var impatient = windows.EnterAsync(Second * 2, Some.Token);
        var patient = windows.EnterAsync(Second * 60, Some.Token);
        clock.Advance(Second * 2);
        await Assert.ThrowsAsync<DeliveryPostponedException>(() => impatient);
        held.Dispose();
        using var slot = await patient;
    }

    [Fact]
    public async Task Given_someone_who_gives_up_then_he_takes_no_place()
    {
        var windows = Windows(new RateLimit(1, Second));
        await CallAsync(windows);
        using var stop = new CancellationTokenSource();
        var left = windows.EnterAsync(Second * 60, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        clock.Advance(Second);
        await CallAsync(windows);
    }

    [Fact]
    public async Task Given_a_silence_that_was_asked_for_then_nobody_calls_before_its_end()
    {
        var windows = Windows(new RateLimit(10, Second));
        windows.Silence(Second * 5);
        Assert.Equal(Second * 5, (await Assert.ThrowsAsync<DeliveryPostponedException>(() => windows.EnterAsync(Second, Some.Token))).Wait);
        var waiting = windows.EnterAsync(Second * 6, Some.Token);
        clock.Advance(Second * 4.9);
        Assert.False(waiting.IsCompleted);
        clock.Advance(Second * 0.1);
        using var slot = await waiting;
    }

    [Fact]
    public async Task Given_more_things_than_are_remembered_then_those_called_longest_ago_are_forgotten_and_none_in_use()
    {
        var calls = new LimitedCalls([new(1, Second * 30)], Transit, clock, capacity: 10);
        using var held = await calls.EnterAsync("held", TimeSpan.Zero, Some.Token);
        for (var number = 0; number < 100; number++)
        {
            using var slot = await calls.EnterAsync($"{number}", TimeSpan.Zero, Some.Token);
            slot.Sent();
        }

        Assert.InRange(calls.Count, 1, 10);
        await Assert.ThrowsAsync<DeliveryPostponedException>(() => calls.EnterAsync("held", TimeSpan.Zero, Some.Token));
        await Assert.ThrowsAsync<DeliveryPostponedException>(() => calls.EnterAsync("99", TimeSpan.Zero, Some.Token));
    }

    [Fact]
    public async Task Given_a_pace_then_a_few_calls_follow_each_other_at_once_and_more_keep_it()
    {
        var windows = new SlidingWindows([new(100, Second)], Transit, clock, Second / 10);
        for (var number = 0; number < 5; number++)
        {
            await CallAsync(windows);
        }

        var next = windows.EnterAsync(Second, Some.Token);
        Assert.Equal(Second / 5, (await Assert.ThrowsAsync<DeliveryPostponedException>(() => windows.EnterAsync(Second / 10, Some.Token))).Wait);
        clock.Advance(Second * 0.099);
        Assert.False(next.IsCompleted);
        clock.Advance(Second * 0.001);
        using var slot = await next;
    }

    private SlidingWindows Windows(params RateLimit[] limits) => new(limits, Transit, clock);

    private static async Task CallAsync(SlidingWindows windows, TimeSpan patience = default)
    {
        using var slot = await windows.EnterAsync(patience, Some.Token);
        slot.Sent();
    }
}

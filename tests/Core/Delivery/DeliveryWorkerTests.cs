using System.Collections.Concurrent;
using PatchBot.Core.Delivery;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Delivery;

public sealed class DeliveryWorkerTests
{
    private static readonly ChannelRef Slow = new("chat", "slow");

    [Fact]
    public async Task Given_a_channel_whose_platform_call_hangs_then_the_others_are_served_meanwhile()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(Slow, "a");
        var others = Channels(6);
        foreach (var channel in others)
        {
            await delivery.WantAsync(channel, "a", "b");
        }

        var goOn = new TaskCompletionSource();
        delivery.Platform.Weather = (channel, _, _) => channel == Slow ? goOn.Task : Task.CompletedTask;
        using var worker = delivery.Worker();
        await worker.StartAsync(Some.Token);
        await delivery.UntilAsync(() => delivery.Platform.Messages.Count == 12);
        Assert.DoesNotContain(Slow, delivery.Platform.Messages.Select(message => message.Channel));

        goOn.SetResult();
        await delivery.UntilAsync(() => delivery.Platform.Messages.Count == 13);
        await worker.StopAsync(Some.Token);
    }

    [Fact]
    public async Task Given_many_channels_then_no_more_than_four_are_served_at_once_and_each_in_order()
    {
        await using var delivery = await Delivering.StartAsync();
        string[] subjects = [.. Enumerable.Range(1, 6).Select(number => $"s{number}")];
        foreach (var channel in Channels(9))
        {
            await delivery.WantAsync(channel, subjects);
        }

        var (arrived, goOn) = (new ConcurrentBag<ChannelRef>(), new TaskCompletionSource());
        delivery.Platform.Weather = (channel, _, _) =>
        {
            arrived.Add(channel);
            return goOn.Task;
        };
        using var worker = delivery.Worker();
        await worker.StartAsync(Some.Token);
        await delivery.UntilAsync(() => arrived.Count == 4);

        // It would have found a place for the others by now, if there were one.
        for (var look = 0; look < 20; look++)
        {
            delivery.Deliverer.Nudge();
            await Task.Delay(5, Some.Token);
        }

        Assert.Equal(4, arrived.Distinct().Count());
        Assert.Equal(4, arrived.Count);
        goOn.SetResult();
        await delivery.UntilAsync(() => delivery.Platform.Messages.Count == 54);
        await worker.StopAsync(Some.Token);
        foreach (var channel in delivery.Platform.Messages.GroupBy(message => message.Channel))
        {
            Assert.Equal(subjects.Select(subject => $"{subject} 1"), channel.Select(message => message.Card.Title));
        }
    }

    [Fact]
    public async Task Given_a_worker_that_is_stopped_then_its_channels_are_free_for_others_at_once()
    {
        await using var delivery = await Delivering.StartAsync();
        foreach (var channel in Channels(3))
        {
            await delivery.WantAsync(channel, "a", "b");
        }

        var (called, goOn) = (new CountdownEvent(3), new TaskCompletionSource());
        delivery.Platform.Weather = (_, _, _) =>
        {
            called.Signal();
            return goOn.Task;
        };
        using var worker = delivery.Worker();
        await worker.StartAsync(Some.Token);
        await delivery.UntilAsync(() => called.IsSet);
        var stop = worker.StopAsync(Some.Token);
        goOn.SetResult();
        await stop;
        Assert.Equal(3, delivery.Platform.Messages.Count);

        delivery.Platform.Weather = (_, _, _) => Task.CompletedTask;
        using var other = delivery.Another();
        await Delivering.RunAsync(other);
        Assert.Equal(6, delivery.Platform.Messages.Count);
    }

    [Fact]
    public async Task Given_a_database_that_is_away_then_the_worker_asks_ever_less_often_and_goes_on_when_it_is_back()
    {
        await using var delivery = await Delivering.StartAsync();
        delivery.Database.IsAway = _ => true;
        using var worker = delivery.Worker();
        await worker.StartAsync(Some.Token);
        var start = delivery.Clock.GetUtcNow();
        await delivery.UntilAsync(() => delivery.Clock.GetUtcNow() - start > TimeSpan.FromMinutes(3));
        Assert.InRange(delivery.Database.Refused, 2, 40);

        delivery.Database.IsAway = _ => false;
        await delivery.WantAsync(Slow, "a");
        await delivery.UntilAsync(() => delivery.Platform.Messages.Count == 1);
        await worker.StopAsync(Some.Token);
    }

    [Fact]
    public async Task Given_changes_one_after_the_other_then_they_are_shown_within_a_moment_and_most_of_them_together()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(Slow, "a");
        using var worker = delivery.Worker();
        await worker.StartAsync(Some.Token);
        await delivery.UntilAsync(() => delivery.Platform.Messages.Count == 1);

        Assert.InRange(await ShownAfterAsync(2), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.InRange(await ShownAfterAsync(3, 4, 5, 6, 7, 8, 9, 10, 11, 12), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.InRange(delivery.Platform.Edits, 2, 4);
        await worker.StopAsync(Some.Token);

        async Task<TimeSpan> ShownAfterAsync(params int[] changes)
        {
            foreach (var change in changes)
            {
                delivery.Cards["a"] = $"a {change}";
                await delivery.RefreshAsync("a");
                delivery.Deliverer.Nudge();
            }

            var start = delivery.Clock.GetUtcNow();
            for (var look = 0; delivery.Platform.Messages[0].Card.Title != $"a {changes[^1]}"; look++)
            {
                await Task.Delay(5, Some.Token);
                if (look % 4 == 3)
                {
                    delivery.Clock.Advance(TimeSpan.FromMilliseconds(10));
                }
            }

            return delivery.Clock.GetUtcNow() - start;
        }
    }

    private static List<ChannelRef> Channels(int count) => [.. Enumerable.Range(1, count).Select(number => new ChannelRef("chat", $"c{number}"))];
}

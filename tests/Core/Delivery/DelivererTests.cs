using PatchBot.Core.Delivery;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Delivery;

public sealed class DelivererTests
{
    private static readonly ChannelRef First = new("chat", "first");
    private static readonly ChannelRef Second = new("chat", "second");

    [Fact]
    public async Task Given_a_wanted_subject_then_it_is_posted_once_and_edited_only_when_its_card_changed()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a");
        await delivery.RunAsync();
        Assert.Equal("a 1", Assert.Single(delivery.Platform.Messages).Card.Title);

        await delivery.RefreshAsync("a");
        await delivery.RunAsync();
        Assert.Equal(0, delivery.Platform.Edits);

        delivery.Cards["a"] = "a 2";
        await delivery.RefreshAsync("a");
        await delivery.RunAsync();
        Assert.Equal("a 2", Assert.Single(delivery.Platform.Messages).Card.Title);
    }

    [Fact]
    public async Task Given_fifty_changes_then_they_are_one_edit()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a");
        await delivery.RunAsync();
        for (var change = 2; change <= 51; change++)
        {
            delivery.Cards["a"] = $"a {change}";
            await delivery.RefreshAsync("a");
        }

        await delivery.RunAsync();
        Assert.Equal(1, delivery.Platform.Edits);
        Assert.Equal("a 51", delivery.Platform.Messages[0].Card.Title);
    }

    [Fact]
    public async Task Given_many_posts_then_a_channel_gets_them_in_order()
    {
        await using var delivery = await Delivering.StartAsync();
        var subjects = Enumerable.Range(1, 60).Select(number => $"s{number:00}").ToList();
        await delivery.WantAsync(First, [.. subjects]);
        await delivery.Deliverer.DeliverAsync(First, Some.Token);
        Assert.Equal(subjects.Select(subject => $"{subject} 1"), delivery.Platform.Messages.Select(message => message.Card.Title));
    }

    [Fact]
    public async Task Given_two_processes_that_race_then_every_post_is_there_once()
    {
        await using var delivery = await Delivering.StartAsync();
        var subjects = Enumerable.Range(1, 20).Select(number => $"s{number:00}").ToArray();
        await delivery.WantAsync(First, subjects);
        await delivery.WantAsync(Second, subjects);
        using var other = delivery.Another();
        await Task.WhenAll(Delivering.RunAsync(delivery.Deliverer), Delivering.RunAsync(other));

        // One may have found a channel leased and gone; what is left is delivered by the next look.
        await delivery.RunAsync();
        Assert.Equal(40, delivery.Platform.Messages.Select(message => (message.Channel, message.Card.Title)).Distinct().Count());
        Assert.Equal(40, delivery.Platform.Messages.Count);
    }

    [Fact]
    public async Task Given_a_killed_worker_then_its_channel_waits_for_the_lease_to_run_out_and_no_longer()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a");
        await delivery.WriteAsync(session => session.Posts.LeaseAsync("killed", delivery.Clock.GetUtcNow(), delivery.Clock.GetUtcNow().AddSeconds(30), [First.Platform], First, Some.Token));

        delivery.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(await delivery.Deliverer.DeliverNextAsync(null, Some.Token));
        delivery.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await delivery.Deliverer.DeliverNextAsync(null, Some.Token));
        Assert.Single(delivery.Platform.Messages);
    }

    [Fact]
    public async Task Given_a_call_that_hangs_then_it_ends_before_its_lease_does()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a");
        var called = new TaskCompletionSource();
        delivery.Platform.Weather = (_, _, token) =>
        {
            called.TrySetResult();
            return Task.Delay(Timeout.Infinite, token);
        };
        var run = delivery.Deliverer.DeliverNextAsync(null, Some.Token);
        await called.Task;
        delivery.Clock.Advance(new DeliveryOptions().Lease);
        await run;
        Assert.Equal("'chat' did not answer in time.", await delivery.FaultOfAsync("a"));
    }

    [Fact]
    public async Task Given_the_program_stops_during_a_call_then_its_message_is_written_back_and_the_lease_given_back()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a", "b");
        using var stop = new CancellationTokenSource();
        delivery.Platform.Weather = async (_, _, _) => await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivery.Deliverer.DeliverNextAsync(null, stop.Token));
        Assert.Equal(["a 1"], delivery.Platform.Messages.Select(message => message.Card.Title));

        delivery.Platform.Weather = (_, _, _) => Task.CompletedTask;
        using var other = delivery.Another();
        await Delivering.RunAsync(other);
        Assert.Equal(["a 1", "b 1"], delivery.Platform.Messages.Select(message => message.Card.Title));
    }

    [Fact]
    public async Task Given_someone_waits_for_a_channel_that_a_worker_of_this_process_is_at_then_his_posts_are_shown_when_he_goes_on()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a");
        var (called, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        delivery.Platform.Weather = (_, _, _) =>
        {
            called.TrySetResult();
            return goOn.Task;
        };
        var worker = delivery.Deliverer.DeliverNextAsync(null, Some.Token);
        await called.Task;
        await delivery.WantAsync(First, "b");
        var waiting = delivery.Deliverer.DeliverAsync(First, Some.Token);
        goOn.SetResult();
        await waiting;
        await worker;
        Assert.Equal(2, delivery.Platform.Messages.Count);
    }
}

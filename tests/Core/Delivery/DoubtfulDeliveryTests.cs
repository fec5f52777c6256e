using PatchBot.Core.Delivery;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Delivery;

/// <summary>Messages that are gone, that may be there, and that are there under an unknown id.</summary>
public sealed class DoubtfulDeliveryTests
{
    private static readonly ChannelRef First = new("chat", "first");

    [Fact]
    public async Task Given_a_message_that_someone_deleted_when_its_card_changes_then_it_is_posted_anew_and_edited_from_then_on()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a");
        await delivery.RunAsync();
        delivery.Platform.Clear();

        await ChangeAsync(delivery, "a 2");
        Assert.Equal("a 2", Assert.Single(delivery.Platform.Messages).Card.Title);
        await ChangeAsync(delivery, "a 3");
        Assert.Equal(("a 3", 1), (Assert.Single(delivery.Platform.Messages).Card.Title, delivery.Platform.Edits));
    }

    [Fact]
    public async Task Given_a_message_that_someone_deleted_when_nothing_changes_then_it_stays_away()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a");
        await delivery.RunAsync();
        delivery.Platform.Clear();
        await delivery.RefreshAsync("a");
        await delivery.RunAsync();
        Assert.Empty(delivery.Platform.Messages);
    }

    [Fact]
    public async Task Given_a_platform_that_does_not_name_its_message_then_an_unchanged_card_is_not_posted_twice()
    {
        await using var delivery = await Delivering.StartAsync();
        delivery.Platform.NamesMessages = false;
        await delivery.WantAsync(First, "a");
        await delivery.RunAsync();
        await delivery.RefreshAsync("a");
        await delivery.RunAsync();
        Assert.Single(delivery.Platform.Messages);

        // A changed one is: people see it, and the old one goes when it is noticed.
        await ChangeAsync(delivery, "a 2");
        Assert.Equal(["a 1", "a 2"], delivery.Platform.Messages.Select(message => message.Card.Title));
    }

    [Fact]
    public async Task Given_a_message_that_may_be_there_then_it_has_time_to_show_before_it_is_created_again()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a");
        delivery.Platform.Weather = (_, _, _) => throw new DeliveryException("The line broke.", permanent: false, uncertain: true);
        await delivery.RunAsync();

        delivery.Platform.Weather = (_, _, _) => Task.CompletedTask;
        delivery.Clock.Advance(TimeSpan.FromSeconds(9.9));
        await delivery.RunAsync();
        Assert.Empty(delivery.Platform.Messages);
        delivery.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await delivery.RunAsync();
        Assert.Single(delivery.Platform.Messages);
    }

    [Fact]
    public async Task Given_a_message_that_may_be_there_when_it_shows_meanwhile_then_it_is_edited_and_none_is_created()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a");
        delivery.Platform.Weather = (_, _, _) => throw new DeliveryException("The line broke.", permanent: false, uncertain: true);
        await delivery.RunAsync();

        delivery.Platform.Weather = (_, _, _) => Task.CompletedTask;
        var there = await delivery.Platform.PostAsync(First, null, new PatchBot.Cards.ChatCard { Title = "a 0", Summary = "" }, 1, doubt: false, Some.Token);
        await delivery.WriteAsync(async session =>
        {
            var post = Assert.Single(await session.Posts.OfSubjectAsync(PostSubject.Of("note", "a"), Some.Token));
            await session.Posts.ShownAsync(post.Id, 0, there, null, Some.Token);
        });
        delivery.Clock.Advance(TimeSpan.FromSeconds(10));
        await delivery.RunAsync();
        Assert.Equal("a 1", Assert.Single(delivery.Platform.Messages).Card.Title);
    }

    [Fact]
    public async Task Given_a_message_whose_sending_stays_in_doubt_then_it_does_not_hold_up_the_rest_for_good()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a", "b");
        delivery.Platform.Weather = (_, card, _) =>
            card.Title == "a 1" ? throw new DeliveryException("The line broke.", permanent: false, uncertain: true) : Task.CompletedTask;
        for (var look = 0; look < 4; look++)
        {
            await delivery.RunAsync();
            delivery.Clock.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.Equal("b 1", Assert.Single(delivery.Platform.Messages).Card.Title);
    }

    [Fact]
    public async Task Given_a_call_without_an_answer_then_the_next_one_is_told_to_look_and_those_of_certain_refusals_are_not()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a");
        delivery.Platform.Weather = (_, _, _) => throw new DeliveryException("503", permanent: false);
        await delivery.RunAsync();
        delivery.Clock.Advance(TimeSpan.FromSeconds(10));
        delivery.Platform.Weather = async (_, _, token) => await Task.Delay(Timeout.InfiniteTimeSpan, delivery.Clock, token);
        var late = delivery.RunAsync();
        await delivery.UntilAsync(() => late.IsCompleted);
        await late;
        Assert.Empty(delivery.Platform.Doubted);

        delivery.Platform.Weather = (_, _, _) => Task.CompletedTask;
        delivery.Clock.Advance(TimeSpan.FromSeconds(30));
        await delivery.RunAsync();
        Assert.Single(delivery.Platform.Doubted);

        await ChangeAsync(delivery, "a 2");
        delivery.Platform.Clear();
        await ChangeAsync(delivery, "a 3");
        Assert.Single(delivery.Platform.Doubted);
    }

    [Fact]
    public async Task Given_a_fault_that_nobody_foresaw_while_a_message_was_created_then_the_next_call_is_told_to_look()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a");
        delivery.Platform.Weather = (_, _, _) => throw new InvalidOperationException("A bug in the adapter.");
        await delivery.RunAsync();
        delivery.Platform.Weather = (_, _, _) => Task.CompletedTask;
        delivery.Clock.Advance(TimeSpan.FromSeconds(10));
        await delivery.RunAsync();
        Assert.Single(delivery.Platform.Doubted);
    }

    [Fact]
    public async Task Given_a_message_that_was_sent_and_could_not_be_noted_then_whoever_has_the_channel_next_is_told_to_look()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a", "b");
        delivery.Database.IsAway = writes => writes && delivery.Platform.Messages.Count == 1 && delivery.Clock.GetUtcNow() < Some.Noon + new DeliveryOptions().Lease;
        var run = delivery.Deliverer.DeliverNextAsync(null, Some.Token);
        await delivery.UntilAsync(() => run.IsCompleted);
        await Assert.ThrowsAsync<PatchBot.Core.Record.RecordUnavailableException>(() => run);

        delivery.Clock.Advance(TimeSpan.FromSeconds(30));
        using var next = delivery.Another();
        await Delivering.RunAsync(next);

        // The fake does not look, so it is there twice; the second post was never begun, and nobody can know.
        Assert.Equal(["a 1", "a 1", "b 1"], delivery.Platform.Messages.Select(message => message.Card.Title));
        Assert.Equal(2, delivery.Platform.Doubted.Count);
    }

    [Fact]
    public async Task Given_a_worker_that_was_killed_while_it_sent_then_its_successor_is_told_to_look()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a");
        await delivery.WriteAsync(session => session.Posts.LeaseAsync("killed", Some.Noon, Some.Noon.AddSeconds(25), [First.Platform], First, Some.Token));
        delivery.Clock.Advance(TimeSpan.FromSeconds(24));
        await delivery.RunAsync();
        Assert.Empty(delivery.Platform.Messages);

        delivery.Clock.Advance(TimeSpan.FromSeconds(1));
        await delivery.RunAsync();
        Assert.Single(delivery.Platform.Doubted);
        await ChangeAsync(delivery, "a 2");
        Assert.Equal("a 2", Assert.Single(delivery.Platform.Messages).Card.Title);
    }

    private static async Task ChangeAsync(Delivering delivery, string title)
    {
        delivery.Cards["a"] = title;
        await delivery.RefreshAsync("a");
        await delivery.RunAsync();
    }
}

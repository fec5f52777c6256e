using PatchBot.Core.Delivery;
using PatchBot.Core.Record;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Delivery;

public sealed class LostRecordTests
{
    private static readonly ChannelRef First = new("chat", "first");

    [Fact]
    public async Task Given_a_database_that_goes_away_after_a_message_was_sent_then_it_is_written_back_when_it_returns_and_not_sent_again()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a", "b");
        var away = 0;
        delivery.Database.IsAway = writes => writes && delivery.Platform.Messages.Count == 1 && ++away <= 5;
        var run = delivery.Deliverer.DeliverNextAsync(null, Some.Token);
        await delivery.UntilAsync(() => run.IsCompleted);
        await run;
        await delivery.RunAsync();
        Assert.Equal(["a 1", "b 1"], delivery.Platform.Messages.Select(message => message.Card.Title));
    }

    [Fact]
    public async Task Given_a_database_that_stays_away_then_the_channel_is_left_alone_once_others_may_have_it()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a");
        delivery.Database.IsAway = _ => delivery.Platform.Messages.Count > 0;
        var start = delivery.Clock.GetUtcNow();
        var run = delivery.Deliverer.DeliverNextAsync(null, Some.Token);
        await delivery.UntilAsync(() => run.IsCompleted);
        await Assert.ThrowsAsync<RecordUnavailableException>(() => run);
        Assert.InRange(delivery.Database.Refused, 10, 29);
        Assert.Null(await delivery.FaultOfAsync("a"));
    }

    [Fact]
    public async Task Given_a_chat_that_lies_in_the_lost_database_then_its_posts_keep_their_order()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a", "b");
        delivery.Platform.Weather = (_, card, _) => card.Title == "a 1"
            ? throw new DeliveryException("Not written.", permanent: false, cause: UnsteadyRecord.Fault)
            : Task.CompletedTask;
        await Assert.ThrowsAsync<RecordUnavailableException>(() => delivery.Deliverer.DeliverNextAsync(null, Some.Token));
        Assert.Empty(delivery.Platform.Messages);
        Assert.Null(await delivery.FaultOfAsync("a"));

        delivery.Platform.Weather = (_, _, _) => Task.CompletedTask;
        delivery.Clock.Advance(TimeSpan.FromSeconds(5));
        await delivery.RunAsync();
        Assert.Equal(["a 1", "b 1"], delivery.Platform.Messages.Select(message => message.Card.Title));
    }

    [Fact]
    public async Task Given_a_lease_that_ran_out_and_was_taken_by_the_same_process_then_the_first_stops()
    {
        await using var delivery = await Delivering.StartAsync();
        await delivery.WantAsync(First, "a", "b");
        var (calls, goOn) = (0, new TaskCompletionSource());
        var (secondAtWork, second) = (new TaskCompletionSource(), Task.CompletedTask);
        delivery.Platform.Weather = async (_, _, _) =>
        {
            switch (++calls)
            {
                case 1:
                    // The call takes longer than its lease, and does not listen when told to stop.
                    delivery.Clock.Advance(TimeSpan.FromMinutes(1));
                    second = delivery.Deliverer.DeliverNextAsync(null, Some.Token);
                    await secondAtWork.Task;
                    break;
                case 3:
                    secondAtWork.SetResult();
                    await goOn.Task;
                    break;
            }
        };
        await delivery.Deliverer.DeliverNextAsync(null, Some.Token);
        goOn.SetResult();
        await second;
        await delivery.RunAsync();

        // The first was sent twice, which nobody can help; what came after it was not.
        Assert.Equal(["a 1", "a 1", "b 1"], delivery.Platform.Messages.Select(message => message.Card.Title));
    }
}

using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Slack.Inbound.Events;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Core;
using PatchBot.Core.Delivery;
using PatchBot.Tests.Slack.Trust;
using PatchBot.Tests.Support;
using static PatchBot.Tests.Slack.Inbound.Missed.MissedRoom;
using static PatchBot.Tests.Slack.Inbound.SlackRoom;

namespace PatchBot.Tests.Slack.Inbound.Missed;

/// <summary>When what was missed is read, and what keeps it from being read.</summary>
public sealed class ReadingBackTests
{
    [Fact]
    public async Task Given_a_right_that_is_missing_or_a_channel_that_is_gone_then_the_others_are_read_and_the_log_names_the_remedy()
    {
        var (room, card) = await RoomAsync();
        await using var _ = room;
        Write(room, Erin, Pass, card);
        foreach (var channel in (string[])["C01NOT", "C01GONE", "C01NEITHER"])
        {
            await OpenAsync(room, channel, ConversationKind.Channel);
        }

        room.Api.History.Refusal = channel => channel switch
        {
            Ops => null,
            "C01GONE" => new DeliveryException("Slack did not take the reading (not_in_channel).", permanent: true),
            _ => new DeliveryException("Slack did not take the reading (missing_scope): the app lacks the scope groups:history; add it.", permanent: false),
        };
        using var worker = room.Worker(Clock(out var clock));
        await worker.StartAsync(Some.Token);
        await UntilAsync(clock, () => room.Log.Text.Contains("wrote in 2 conversations", StringComparison.Ordinal), "two are left");
        Assert.Single(await room.ResultsAsync());
        Assert.Contains("the app lacks the scope groups:history", room.Log.Text, StringComparison.Ordinal);

        // Somebody adds the right.
        room.Api.History.Refusal = _ => null;
        await UntilAsync(clock, () => worker.ExecuteTask!.IsCompleted, "all are read");
        Assert.Equal(1, room.Api.History.Looks.Count(look => look == "C01GONE"));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Given_no_room_or_slack_or_the_record_away_then_it_goes_on_later_with_what_is_left(bool full)
    {
        var (room, card) = await RoomAsync();
        await using var _ = room;
        await OpenAsync(room, "C01MORE", ConversationKind.Channel);
        Write(room, Erin, Pass, card);
        Write(room, Max, "lunch?", channel: "C01MORE");
        var looks = 0;
        room.Api.History.Refusal = channel => channel == "C01MORE" && ++looks == 1 ? Fault() : null;
        room.Record.IsAway = _ => looks > 1 && room.Record.Refused < 3;
        await ReadBackAsync(room);
        Assert.Equal((5, 3), (looks, room.Record.Refused));
        Assert.Equal(1, room.Api.History.Looks.Count(look => look == Ops));
        Assert.Single(await room.ResultsAsync());

        Exception Fault() => full ? new DeliveryPostponedException(TimeSpan.FromSeconds(40))
            : new DeliveryException("Slack did not answer.", permanent: false, cause: new HttpRequestException());
    }

    [Fact]
    public async Task Given_many_missed_messages_then_answers_come_one_by_one_and_no_more_than_were_asked_for()
    {
        var (room, card) = await RoomAsync();
        await using var _ = room;
        for (var number = 0; number < 60; number++)
        {
            Write(room, Max, number % 3 == 0 ? $"{Mention} status" : "lunch?", number % 2 == 0 ? card : null);
        }

        var (atOnce, most) = (0, 0);
        room.Api.Line = async () =>
        {
            most = Math.Max(most, Interlocked.Increment(ref atOnce));
            await Task.Delay(1, Some.Token);
            Interlocked.Decrement(ref atOnce);
        };
        await ReadBackAsync(room);
        Assert.Equal(20, room.Api.All.Count);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Given_a_message_that_the_bot_stumbles_over_then_the_others_are_taken()
    {
        var (room, card) = await RoomAsync();
        await using var _ = room;
        Write(room, Erin, "pass on hv-lab-01", card);
        Write(room, Erin, "pass on hv-lab-02", card);
        var writes = 0;
        room.Record.Line = (write, _) => write && ++writes == 1 ? throw new InvalidOperationException("Stumbled.") : Task.CompletedTask;
        await ReadBackAsync(room);
        Assert.Equal(["hv-lab-02"], (await room.ResultsAsync()).Select(result => result.Host));
        Assert.Contains("could not be taken", room.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_span_without_sockets_then_what_was_written_meanwhile_is_read_after_it()
    {
        var line = new Line();
        var (room, card) = await RoomAsync(new SlackOptions { AppToken = "xapp-1", SigningSecret = SlackDoorstep.Secret }, line);
        await using var _ = room;
        using var worker = room.Worker(Clock(out var clock));
        await worker.StartAsync(Some.Token);
        await UntilAsync(clock, () => room.Api.History.Looks.Contains(Ops), "the start's own reading");

        Write(room, Erin, Pass, card);
        line.Fault = "No socket to Slack is open; the log says why.";
        clock.Advance(Silences.LooksEvery);
        await UntilAsync(clock, () => line.Asked > 10, "a while without sockets");
        Assert.Empty(await room.ResultsAsync());
        line.Fault = null;
        await UntilAsync(clock, () => room.Log.Text.Contains("Read 1 messages", StringComparison.Ordinal), "the reading after it");
        Assert.Single(await room.ResultsAsync());
        await worker.StopAsync(Some.Token);
    }

    [Fact]
    public async Task Given_no_socket_at_the_start_then_the_reading_waits_for_one()
    {
        var line = new Line();
        var (room, card) = await RoomAsync(new SlackOptions { AppToken = "xapp-1", SigningSecret = SlackDoorstep.Secret }, line);
        await using var _ = room;
        Write(room, Erin, Pass, card);
        line.Fault = "No socket to Slack is open; the log says why.";
        using var worker = room.Worker(Clock(out var clock));
        await worker.StartAsync(Some.Token);
        await UntilAsync(clock, () => line.Asked > 10, "a while without sockets");
        Assert.Empty(room.Api.History.Looks);
        line.Fault = null;
        await UntilAsync(clock, () => room.Log.Text.Contains("Read 1 messages", StringComparison.Ordinal), "the reading");
        await worker.StopAsync(Some.Token);
    }

    [Fact]
    public async Task Given_zero_then_nothing_is_read()
    {
        var (room, card) = await RoomAsync(new SlackOptions { SigningSecret = SlackDoorstep.Secret, ReadsBack = TimeSpan.Zero });
        await using var _ = room;
        Write(room, Erin, Pass, card);
        await ReadBackAsync(room);
        Assert.Empty(room.Api.History.Looks);
    }

    private sealed class Line : ILifeline
    {
        private string? fault;
        private int asked;

        public int Asked => asked;

        public string? Fault
        {
            get
            {
                Interlocked.Increment(ref asked);
                return fault;
            }

            set => (fault, asked) = (value, 0);
        }
    }
}

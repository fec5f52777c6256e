using Microsoft.AspNetCore.Http;
using PatchBot.Adapters.Slack.Socket;
using PatchBot.Tests.Slack.Socket.Stub;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Slack.Socket;

/// <summary>Sockets come and go: a successor is there before one goes, what breaks is opened again, and what only people can mend is told.</summary>
public sealed class SocketLifeTests : IAsyncLifetime
{
    private SlackSocketStub slack = null!;

    public async ValueTask InitializeAsync() => slack = await SlackSocketStub.StartAsync();

    public ValueTask DisposeAsync() => slack.DisposeAsync();

    [Theory, InlineData("warning"), InlineData("refresh_requested"), InlineData("something new")]
    public async Task Given_an_announced_end_then_the_successor_is_open_before_the_old_socket_goes_and_no_envelope_is_lost(string reason)
    {
        await using var room = await SocketRoom.OpenAsync(slack, connections: 1);
        var old = slack.Open[0];
        await old.DisconnectAsync(reason);
        var both = await slack.OpenAsync(2);
        Assert.Equal([1, 2], both.Select(socket => socket.Number));

        // Slack may still use the old one.
        Assert.NotNull(await old.DeliverAsync("events_api", Event(1), false, 0, slack.AcknowledgeWithin));
        Assert.NotNull(await both[1].DeliverAsync("events_api", Event(2), false, 0, slack.AcknowledgeWithin));
        Assert.Null(room.Fault);

        Assert.Equal(2, (await slack.OpenAsync(1))[0].Number);
        Assert.Equal(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, old.ClosedWith);
        Assert.Equal(["Ev1", "Ev2"], room.Bot.Taken);
    }

    [Fact]
    public async Task Given_sockets_that_are_refreshed_again_and_again_under_load_then_every_envelope_is_taken_once()
    {
        await using var room = await SocketRoom.OpenAsync(slack, connections: 2);
        var load = Task.WhenAll(Enumerable.Range(0, 200).Select(async number =>
        {
            await Task.Delay(number * 5);
            return await slack.DeliverAsync("events_api", Event(number));
        }));
        for (var round = 0; round < 4; round++)
        {
            await Task.Delay(200, Some.Token);
            await slack.Open[0].DisconnectAsync("refresh_requested");
        }

        Assert.All(await load, Assert.NotNull);
        Assert.Equal(200, room.Bot.Taken.Distinct().Count());
        Assert.Equal(200, room.Bot.Taken.Count);
        await slack.OpenAsync(2);
    }

    [Fact]
    public async Task Given_a_greeting_that_says_how_long_the_socket_lives_then_it_is_replaced_before()
    {
        slack.ConnectionTime = 1;
        await using var room = await SocketRoom.OpenAsync(slack, connections: 1);
        var first = slack.Open[0];
        slack.ConnectionTime = null;
        await Eventually.IsAsync(() => slack.Open is [{ Number: 2 }], "the successor serves alone");
        Assert.Equal(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, first.ClosedWith);
    }

    [Fact]
    public async Task Given_a_socket_that_breaks_then_another_is_opened_and_the_others_serve_on()
    {
        await using var room = await SocketRoom.OpenAsync(slack, connections: 2);
        var broken = slack.Open[0];
        broken.Abort();
        Assert.NotNull(await slack.DeliverAsync("events_api", Event(3)));
        Assert.Equal([3 - broken.Number, 3], (await slack.OpenAsync(2)).Select(socket => socket.Number).Order());
        Assert.Empty(room.Alarms);
    }

    [Fact]
    public async Task Given_a_socket_that_breaks_before_the_acknowledgement_then_the_envelope_comes_again_and_counts_once()
    {
        await using var room = await SocketRoom.OpenAsync(slack, connections: 2);
        room.Bot.Turn = () => Task.Delay(100);
        slack.AcknowledgeWithin = TimeSpan.FromMilliseconds(500);
        var delivery = slack.DeliverAsync("events_api", Event(4));
        await Eventually.IsAsync(() => room.Bot.MostAtWork == 1, "the turn begins");
        foreach (var socket in slack.Open)
        {
            socket.Abort();
        }

        Assert.NotNull(await delivery);
        Assert.Equal(["Ev4"], room.Bot.Taken);
    }

    [Fact]
    public async Task Given_a_peer_that_falls_silent_then_the_socket_is_given_up_and_another_is_opened()
    {
        await using var room = await SocketRoom.OpenAsync(slack, connections: 1);
        slack.Open[0].IsDeaf = true;
        _ = slack.Open[0].DeliverAsync("events_api", Event(5), false, 0, TimeSpan.FromSeconds(1));
        await Eventually.IsAsync(() => slack.Open.Any(socket => socket.Number == 2), "another socket is opened");
        await slack.Open.Single(socket => socket.Number == 2).DeliverAsync("events_api", Event(6), false, 0, slack.AcknowledgeWithin);
        Assert.Equal(["Ev5", "Ev6"], room.Bot.Taken);
    }

    [Fact]
    public async Task Given_a_quiet_hour_then_pings_keep_the_socket_and_nothing_is_opened_anew()
    {
        await using var room = await SocketRoom.OpenAsync(slack, connections: 1);
        await Task.Delay((SocketRoom.Fast.Ping + SocketRoom.Fast.Pong) * 2, Some.Token);
        Assert.Equal(1, Assert.Single(slack.Open).Number);
    }

    [Fact]
    public async Task Given_an_address_that_does_not_greet_then_another_is_asked_for()
    {
        slack.Greets = false;
        await using var room = await SocketRoom.OpenAsync(slack, 1, times: SocketRoom.Fast with { Greeting = TimeSpan.FromMilliseconds(200) }, opens: false);
        await Eventually.IsAsync(() => slack.Asked >= 2, "it tries again");
        Assert.Contains("No socket to Slack is open", room.Fault!, StringComparison.Ordinal);
        slack.Greets = true;
        await Eventually.IsAsync(() => room.Fault is null, "it is connected");
    }

    [Fact]
    public async Task Given_a_Slack_that_is_away_then_the_bot_starts_and_is_connected_when_it_is_back()
    {
        slack.AnswerOpen = http =>
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        };
        await using var room = await SocketRoom.OpenAsync(slack, 2, opens: false);
        await Eventually.IsAsync(() => slack.Asked >= 3, "it tries again");
        Assert.NotNull(room.Fault);
        Assert.Contains("answered apps.connections.open with 503", room.Log.Text, StringComparison.Ordinal);
        slack.AnswerOpen = null;
        await slack.OpenAsync(2);
        await Eventually.IsAsync(() => room.Fault is null, "it is connected");
        Assert.Empty(room.Alarms);
    }

    [Fact]
    public async Task Given_a_limit_then_Slack_is_left_alone_for_as_long_as_it_says()
    {
        slack.AnswerOpen = http =>
        {
            slack.AnswerOpen = null;
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers.RetryAfter = "1";
            return Task.CompletedTask;
        };
        var began = System.Diagnostics.Stopwatch.StartNew();
        await using var room = await SocketRoom.OpenAsync(slack, connections: 2);
        Assert.True(began.Elapsed >= TimeSpan.FromSeconds(0.9), $"{began.Elapsed}");
        Assert.Equal(3, slack.Asked);
    }

    [Theory]
    [InlineData("invalid_auth", "Compare Slack:AppToken with the app's page")]
    [InlineData("missing_scope", "needs connections:write")]
    [InlineData("not_allowed_token_type", "app-level tokens with xapp-")]
    public async Task Given_a_token_that_Slack_refuses_then_people_are_told_and_Slack_is_asked_rarely(string error, string remedy)
    {
        slack.AnswerOpen = http => http.Response.WriteAsJsonAsync(new { ok = false, error });
        await using var room = await SocketRoom.OpenAsync(slack, 1, opens: false);
        await Eventually.IsAsync(() => !room.Alarms.IsEmpty, "the alarm");
        Assert.Contains(remedy, room.Alarms.First(), StringComparison.Ordinal);
        Assert.Contains(error, room.Alarms.First(), StringComparison.Ordinal);
        Assert.NotNull(room.Fault);
        Assert.Equal(1, slack.Asked);

        slack.AnswerOpen = null;
        await slack.OpenAsync(1);
    }

    [Fact]
    public async Task Given_Socket_Mode_is_switched_off_then_people_are_told_and_nothing_is_opened_for_a_while()
    {
        await using var room = await SocketRoom.OpenAsync(slack, connections: 1);
        await slack.Open[0].DisconnectAsync("link_disabled");
        await Eventually.IsAsync(() => !room.Alarms.IsEmpty, "the alarm");
        Assert.Contains("Switch Socket Mode on", room.Alarms.Single(), StringComparison.Ordinal);
        Assert.NotNull(room.Fault);
        Assert.Equal(1, slack.Asked);
        await Eventually.IsAsync(() => room.Fault is null, "once it is on again, the bot finds out by itself");
        Assert.Equal(2, slack.Asked);
    }

    [Theory]
    [InlineData("wss://slack.com.evil.example/link")]
    [InlineData("wss://evil-slack.com/link")]
    [InlineData("wss://ada@wss-primary.slack.com/link")]
    [InlineData("ws://wss-primary.slack.com/link")]
    [InlineData("ws://10.0.0.1/link")]
    [InlineData("https://wss-primary.slack.com/link")]
    [InlineData("nonsense")]
    public async Task Given_an_address_that_is_not_Slacks_then_it_is_not_opened(string address)
    {
        slack.AnswerOpen = http => http.Response.WriteAsJsonAsync(new { ok = true, url = address });
        await using var room = await SocketRoom.OpenAsync(slack, 1, opens: false);
        await Eventually.IsAsync(() => !room.Alarms.IsEmpty, "the alarm");
        Assert.Contains("names is not Slack's", room.Alarms.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_production_then_this_machines_own_addresses_are_not_Slacks_either()
    {
        await using var room = await SocketRoom.OpenAsync(slack, 1, environment: "Production", opens: false);
        await Eventually.IsAsync(() => !room.Alarms.IsEmpty, "the alarm");
        Assert.Empty(slack.Open);
    }

    [Fact]
    public async Task Given_sockets_that_break_at_once_then_they_come_back_ever_more_slowly()
    {
        var times = SocketRoom.Fast with { Pause = TimeSpan.FromMilliseconds(100), LongestPause = TimeSpan.FromSeconds(1) };
        await using var room = await SocketRoom.OpenAsync(slack, 1, times: times);
        var began = System.Diagnostics.Stopwatch.StartNew();
        while (began.Elapsed < TimeSpan.FromSeconds(2))
        {
            (slack.Open is [var open, ..] ? open : null)?.Abort();
            await Task.Delay(5, Some.Token);
        }

        Assert.InRange(slack.Asked, 3, 9);
    }

    private static string Event(int number) => $"{{\"type\":\"event_callback\",\"event_id\":\"Ev{number}\"}}";
}

using System.Text;
using System.Text.Json;
using PatchBot.Tests.Slack.Socket.Stub;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Slack.Socket;

/// <summary>Envelopes over sockets: taken over any of them, acknowledged in time, each acted on once.</summary>
public sealed class SocketTests : IAsyncLifetime
{
    private SlackSocketStub slack = null!;

    public async ValueTask InitializeAsync() => slack = await SlackSocketStub.StartAsync();

    public ValueTask DisposeAsync() => slack.DisposeAsync();

    [Fact]
    public async Task Given_a_token_then_sockets_are_opened_with_it_and_nothing_else_carries_it()
    {
        await using var room = await SocketRoom.OpenAsync(slack, connections: 3);
        Assert.Equal("Bearer xapp-1-secret", slack.Authorization);
        Assert.Equal(3, slack.Asked);
        Assert.DoesNotContain("xapp-1-secret", room.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_several_sockets_then_each_envelope_is_acknowledged_over_the_one_that_it_came_by()
    {
        await using var room = await SocketRoom.OpenAsync(slack, connections: 3);
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => slack.DeliverAsync("events_api", Event(number))));
        Assert.All(answers, Assert.NotNull);
        Assert.Equal(60, room.Bot.Taken.Count);
        Assert.All(answers, answer => Assert.Equal(["envelope_id"], Members(answer!)));
    }

    [Fact]
    public async Task Given_every_kind_of_envelope_then_the_bot_gets_what_it_would_get_over_HTTP()
    {
        await using var room = await SocketRoom.OpenAsync(slack, connections: 1);
        room.Bot.Body = """{"response_action":"clear"}""";
        Assert.Equal(["envelope_id"], Members((await slack.DeliverAsync("events_api", Event(1)))!));
        Assert.Equal(["envelope_id"], Members((await slack.DeliverAsync("interactive", """{"type":"block_actions"}"""))!));

        var modal = await slack.DeliverAsync("interactive", """{"type":"view_submission","n":1.50}""", acceptsPayload: true);
        Assert.Contains("\"payload\":{\"response_action\":\"clear\"}", modal!, StringComparison.Ordinal);
        await slack.DeliverAsync("slash_commands", """{"command":"/patchbot","text":"status \u00e9","is_enterprise_install":"false","enterprise_id":null,"n":3,"\ud83d":4,"user_name":"\ud83d"}""", acceptsPayload: true);

        Assert.Equal(
            ["Ev1", """{"type":"block_actions"}""", """{"type":"view_submission","n":1.50}""", "command=/patchbot&is_enterprise_install=false&n=3&text=status é"],
            room.Bot.Taken);
    }

    [Fact]
    public async Task Given_an_answer_without_a_body_then_the_acknowledgement_has_none()
    {
        await using var room = await SocketRoom.OpenAsync(slack, connections: 1);
        Assert.Equal(["envelope_id"], Members((await slack.DeliverAsync("interactive", """{"type":"view_submission"}""", acceptsPayload: true))!));
    }

    [Fact]
    public async Task Given_a_turn_that_takes_long_then_others_are_answered_meanwhile()
    {
        await using var room = await SocketRoom.OpenAsync(slack, connections: 1);
        var slow = new TaskCompletionSource();
        room.Bot.Turn = () => slow.Task;
        var first = slack.DeliverAsync("events_api", Event(1));
        await Eventually.IsAsync(() => room.Bot.MostAtWork == 1, "the slow turn begins");
        room.Bot.Turn = () => Task.CompletedTask;
        Assert.NotNull(await slack.DeliverAsync("events_api", Event(2)));
        Assert.False(first.IsCompleted);
        slow.SetResult();
        Assert.NotNull(await first);
    }

    [Fact]
    public async Task Given_more_envelopes_than_can_be_answered_at_once_then_the_rest_waits_its_turn()
    {
        await using var room = await SocketRoom.OpenAsync(slack, connections: 1);
        var gate = new TaskCompletionSource();
        room.Bot.Turn = () => gate.Task;
        slack.AcknowledgeWithin = TimeSpan.FromSeconds(15);
        var all = Enumerable.Range(0, 100).Select(number => slack.DeliverAsync("events_api", Event(number))).ToArray();
        await Eventually.IsAsync(() => room.Bot.MostAtWork == 32, "all places are taken");
        await Task.Delay(100, Some.Token);
        Assert.Equal(32, room.Bot.MostAtWork);
        gate.SetResult();
        Assert.All(await Task.WhenAll(all), Assert.NotNull);
    }

    [Fact]
    public async Task Given_a_record_that_is_away_then_nothing_is_acknowledged_and_the_next_delivery_counts()
    {
        await using var room = await SocketRoom.OpenAsync(slack);
        slack.AcknowledgeWithin = TimeSpan.FromMilliseconds(200);
        room.Bot.IsAway = true;
        room.Bot.Turn = () =>
        {
            room.Bot.IsAway = room.Bot.Attempts.Count < 3;
            return Task.CompletedTask;
        };
        Assert.NotNull(await slack.DeliverAsync("events_api", Event(7)));
        Assert.Equal(["Ev7"], room.Bot.Taken);
        Assert.Equal([0, 1, 2], room.Bot.Attempts);
    }

    [Fact]
    public async Task Given_a_turn_later_than_Slack_waits_then_it_comes_again_over_another_socket_and_counts_once()
    {
        await using var room = await SocketRoom.OpenAsync(slack);
        slack.AcknowledgeWithin = TimeSpan.FromMilliseconds(150);
        room.Bot.Turn = () => Task.Delay(room.Bot.Attempts.Count == 1 ? 400 : 0);
        Assert.NotNull(await slack.DeliverAsync("events_api", Event(8)));
        await Eventually.IsAsync(() => slack.Open.Sum(socket => socket.Received.Count) == 2, "the late turn is acknowledged too");
        Assert.Equal(["Ev8"], room.Bot.Taken);
    }

    [Fact]
    public async Task Given_a_turn_that_fails_then_it_is_not_acknowledged_and_the_socket_serves_on()
    {
        await using var room = await SocketRoom.OpenAsync(slack, connections: 1);
        slack.AcknowledgeWithin = TimeSpan.FromMilliseconds(200);
        room.Bot.Turn = () => room.Bot.Attempts.Count < 2 ? throw new InvalidOperationException("unforeseen") : Task.CompletedTask;
        Assert.NotNull(await slack.DeliverAsync("events_api", Event(9)));
        Assert.Equal(1, Assert.Single(slack.Open).Number);
        Assert.Contains("failed and is not acknowledged", room.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_an_envelope_in_many_frames_then_it_is_read_to_its_end()
    {
        await using var room = await SocketRoom.OpenAsync(slack, connections: 1);
        var whole = Encoding.UTF8.GetBytes(StubSocket.Envelope("e-1", "events_api", Event(10, new string('é', 20_000))));
        await slack.Open[0].SendAsync([.. whole.Chunk(777).Select(part => (ReadOnlyMemory<byte>)part)]);
        await Eventually.IsAsync(() => room.Bot.Taken.Contains("Ev10"), "the envelope is taken");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"type\":7}")]
    [InlineData("{\"type\":\"events_api\"}")]
    [InlineData("{\"type\":\"hello\",\"debug_info\":[]}")]
    [InlineData("{\"type\":\"something new\",\"envelope_id\":\"e-2\"}")]
    public async Task Given_what_is_no_envelope_then_it_is_left_out_and_the_socket_serves_on(string garbage)
    {
        await using var room = await SocketRoom.OpenAsync(slack, connections: 1);
        await slack.Open[0].SendAsync(garbage);
        Assert.NotNull(await slack.DeliverAsync("events_api", Event(11)));
        Assert.Equal((1, 1), (slack.Open.Count, slack.Asked));
    }

    [Fact]
    public async Task Given_a_flood_of_what_is_no_envelope_then_the_log_has_a_line()
    {
        await using var room = await SocketRoom.OpenAsync(slack, connections: 1);
        for (var sent = 0; sent < 50; sent++)
        {
            await slack.Open[0].SendAsync("no json");
        }

        Assert.NotNull(await slack.DeliverAsync("events_api", Event(11)));
        Assert.Single(room.Log.Lines, line => line.Contains("Left out", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("events_api", "[]")]
    [InlineData("slash_commands", "7")]
    public async Task Given_a_payload_of_another_shape_then_the_socket_serves_on(string type, string payload)
    {
        await using var room = await SocketRoom.OpenAsync(slack, connections: 1);
        await slack.Open[0].SendAsync(StubSocket.Envelope("e-3", type, payload));
        Assert.NotNull(await slack.DeliverAsync("events_api", Event(12)));
    }

    [Fact]
    public async Task Given_a_message_without_end_then_it_is_left_out_and_the_next_is_read()
    {
        await using var room = await SocketRoom.OpenAsync(slack, connections: 1);
        var part = new byte[64 << 10];
        Array.Fill(part, (byte)' ');
        await slack.Open[0].SendAsync([.. Enumerable.Repeat((ReadOnlyMemory<byte>)part, 40)]);
        Assert.NotNull(await slack.DeliverAsync("events_api", Event(13)));
        Assert.Contains("of more than 2097152 bytes", room.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_captured_session_then_all_of_it_is_taken_and_acknowledged()
    {
        var session = await File.ReadAllLinesAsync(SharedData.Path("slack/socket-mode-session.jsonl"), Some.Token);
        await using var room = await SocketRoom.OpenAsync(slack, connections: 1);
        var frames = session.Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("dir").GetString() == "server-to-app").Select(line => line.GetProperty("frame").GetString()!).Skip(1).ToList();
        foreach (var frame in frames)
        {
            await slack.Open[0].SendAsync(frame);
        }

        await Eventually.IsAsync(() => slack.Open[0].Received.Count == frames.Count, "every envelope is acknowledged");
        Assert.Equal(frames.Select(Id).Order(), slack.Open[0].Received.Select(Id).Order());
        Assert.Equal(frames.Count, room.Bot.Taken.Count);

        static string Id(string frame) => JsonDocument.Parse(frame).RootElement.GetProperty("envelope_id").GetString()!;
    }

    [Fact]
    public async Task Given_the_bot_stops_then_what_is_under_way_is_finished_acknowledged_and_the_sockets_are_closed()
    {
        var room = await SocketRoom.OpenAsync(slack);
        room.Bot.Turn = () => Task.Delay(300);
        var (sockets, answer) = (slack.Open, slack.DeliverAsync("events_api", Event(14)));
        await Eventually.IsAsync(() => room.Bot.MostAtWork == 1, "the turn begins");
        await room.StopAsync();
        Assert.NotNull(await answer);
        Assert.All(sockets, socket => Assert.Equal(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, socket.ClosedWith));
        await room.DisposeAsync();
    }

    private static string Event(int number, string text = "status") =>
        $"{{\"type\":\"event_callback\",\"event_id\":\"Ev{number}\",\"event\":{{\"type\":\"message\",\"text\":\"{text}\"}}}}";

    private static IEnumerable<string> Members(string json) => JsonDocument.Parse(json).RootElement.EnumerateObject().Select(member => member.Name);
}

using System.Text;
using System.Text.Json;
using PatchBot.Adapters.Slack.Inbound;
using PatchBot.Adapters.Slack.Trust;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Slack.Trust;

public sealed class DoorTests
{
    private const string Event = """{"type":"event_callback","event":{"type":"message","text":"said in confidence"}}""";
    private static readonly byte[] EventBytes = Encoding.UTF8.GetBytes(Event);

    [Theory, InlineData("/slack/events"), InlineData("/slack/interactivity"), InlineData("/slack/interactive"), InlineData("/slack/commands")]
    public async Task Given_any_of_the_addresses_then_each_kind_of_call_finds_its_way(string path)
    {
        await using var door = await SlackDoorstep.OpenAsync();
        Assert.Equal(200, await door.SendAsync(door.Call(EventBytes, path: path)));
        Assert.Equal(200, await door.SendAsync(door.Call("payload=%7B%22type%22%3A%22block_actions%22%2C%22a%22%3A%22%C3%BC+%26%22%7D"u8.ToArray(), "application/x-www-form-urlencoded", path)));
        Assert.Equal(200, await door.SendAsync(door.Call("command=%2Fpatchbot&text=status+KB1%2C+please&a=%zz&b"u8.ToArray(), "application/x-www-form-urlencoded; charset=utf-8", path)));
        Assert.Equal([$"event 0: {Event}", """interaction: {"type":"block_actions","a":"ü &"}""", "command: command=/patchbot text=status KB1, please a=%zz"], door.Kept.All);
    }

    [Fact]
    public async Task Given_the_captured_calls_then_each_is_let_in_as_it_was_signed()
    {
        using var index = JsonDocument.Parse(SharedData.Open("slack/http-requests.json"));
        var secret = index.RootElement.GetProperty("signingSecret").GetString()!;
        foreach (var request in index.RootElement.GetProperty("requests").EnumerateArray())
        {
            var headers = request.GetProperty("headers").EnumerateArray().ToDictionary(header => header[0].GetString()!, header => header[1].GetString()!);
            var (time, signature) = (headers[SignatureCheck.TimeHeader], headers[SignatureCheck.SignatureHeader]);
            await using var door = await SlackDoorstep.OpenAsync(secret, now: DateTimeOffset.FromUnixTimeSeconds(long.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));
            var body = SharedData.Open($"slack/{request.GetProperty("file").GetString()}").ToArray();
            Assert.Equal(200, await door.SendAsync(SlackDoorstep.Call(body, time, signature, headers["Content-Type"])));
            Assert.Single(door.Kept.All);
            body[^2]++;
            Assert.Equal(401, await door.SendAsync(SlackDoorstep.Call(body, time, signature, headers["Content-Type"])));
        }
    }

    [Fact]
    public async Task Given_headers_in_small_letters_then_the_call_is_let_in()
    {
        await using var door = await SlackDoorstep.OpenAsync();
        var call = door.Call(EventBytes);
        var headers = call.Headers.Select(header => (header.Key, Value: header.Value.Single())).ToList();
        call.Headers.Clear();
        headers.ForEach(header => call.Headers.Add(header.Key.ToLowerInvariant(), header.Value));
        Assert.Equal(200, await door.SendAsync(call));
    }

    [Theory, InlineData(SignatureCheck.TimeHeader), InlineData(SignatureCheck.SignatureHeader)]
    public async Task Given_a_header_that_is_missing_or_comes_twice_then_the_call_is_refused(string header)
    {
        await using var door = await SlackDoorstep.OpenAsync();
        var missing = door.Call(EventBytes);
        missing.Headers.Remove(header);
        Assert.Equal(401, await door.SendAsync(missing));

        var twice = door.Call(EventBytes);
        twice.Headers.TryAddWithoutValidation(header, twice.Headers.GetValues(header).Single());
        Assert.Equal(401, await door.SendAsync(twice));
        Assert.Empty(door.Kept.All);
    }

    [Fact]
    public async Task Given_no_secret_then_there_is_no_such_address()
    {
        await using var door = await SlackDoorstep.OpenAsync(secret: "");
        Assert.Equal(404, await door.SendAsync(door.Call(EventBytes, secret: "")));
        Assert.Empty(door.Kept.All);
        Assert.Contains("Slack:SigningSecret", door.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_body_that_is_too_large_then_it_is_refused_whether_or_not_its_length_was_announced()
    {
        await using var door = await SlackDoorstep.OpenAsync();
        var large = new byte[RawBody.Largest + 1];
        Assert.Equal(413, await door.SendAsync(door.Call(large)));
        var unannounced = door.Call(large);
        unannounced.Headers.TransferEncodingChunked = true;
        Assert.Equal(413, await door.SendAsync(unannounced));
        Assert.Empty(door.Kept.All);
    }

    [Fact]
    public async Task Given_bodies_of_many_sizes_then_all_of_each_is_read()
    {
        await using var door = await SlackDoorstep.OpenAsync();
        foreach (var size in (int[])[0, 1, 4_000, 16_319, 16_320, 16_384, 32_768, 70_000, RawBody.Largest])
        {
            foreach (var chunked in (bool[])[false, true])
            {
                var body = new byte[size];
                body.AsSpan().Fill((byte)'x');
                var call = door.Call(body);
                call.Headers.TransferEncodingChunked = chunked && size > 0;
                Assert.Equal(200, await door.SendAsync(call));
                Assert.Equal(size, door.Kept.All[^1].Length - "event 0: ".Length);
            }
        }
    }

    [Fact]
    public async Task Given_a_type_that_slack_does_not_send_then_nothing_is_read_out_of_it()
    {
        await using var door = await SlackDoorstep.OpenAsync();
        Assert.Equal(415, await door.SendAsync(door.Call(EventBytes, "text/plain")));
        Assert.Empty(door.Kept.All);
    }

    [Fact]
    public async Task Given_the_probe_of_the_certificate_then_it_is_answered_and_no_command_is_given()
    {
        await using var door = await SlackDoorstep.OpenAsync();
        Assert.Equal(200, await door.SendAsync(door.Call("ssl_check=1&token=x"u8.ToArray(), "application/x-www-form-urlencoded")));
        Assert.Empty(door.Kept.All);
    }

    [Fact]
    public async Task Given_nothing_recorded_then_slack_is_asked_to_deliver_again()
    {
        await using var door = await SlackDoorstep.OpenAsync();
        door.Kept.Acknowledgement = Acknowledgement.Again;
        Assert.Equal(503, await door.SendAsync(door.Call(EventBytes)));
        var again = door.Call(EventBytes);
        again.Headers.Add("X-Slack-Retry-Num", "2");
        again.Headers.Add("X-Slack-Retry-Reason", "http_error");
        Assert.Equal(503, await door.SendAsync(again));
        Assert.StartsWith("event 2: ", door.Kept.All[^1], StringComparison.Ordinal);
        Assert.Contains("attempt 2: http_error", door.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_flood_of_refused_calls_then_each_reason_is_logged_once_in_ten_seconds_and_nothing_secret()
    {
        await using var door = await SlackDoorstep.OpenAsync();
        var (wrong, time) = (SlackDoorstep.Sign("another secret", "1", EventBytes), $"{door.Clock.GetUtcNow().ToUnixTimeSeconds()}");
        for (var call = 0; call < 20; call++)
        {
            Assert.Equal(401, await door.SendAsync(SlackDoorstep.Call(EventBytes, time, wrong)));
            Assert.Equal(401, await door.SendAsync(SlackDoorstep.Call(EventBytes, "1", wrong)));
        }

        var refused = door.Log.Lines.Where(line => line.Contains("Refused", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, refused.Count);
        door.Clock.Advance(TimeSpan.FromSeconds(10));
        await door.SendAsync(SlackDoorstep.Call(EventBytes, time, wrong));
        Assert.Contains("19 more like it", door.Log.Text, StringComparison.Ordinal);
        Assert.All((string[])[SlackDoorstep.Secret, wrong, "confidence"], secret => Assert.DoesNotContain(secret, door.Log.Text, StringComparison.Ordinal));
    }
}

using System.Text.Json;
using PatchBot.Core.Delivery;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.WebChat;

public sealed class LiveTests
{
    [Fact]
    public async Task Given_an_open_page_then_it_hears_of_posts_edits_messages_and_removals_in_order()
    {
        await using var chat = await RunningChat.StartAsync();
        await using var page = await Page.OpenAsync(chat);
        Assert.Equal("""{"resumed":false}""", (await page.NextAsync("hello")).Data);

        var id = await chat.PostAsync(FakeBot.Card("KB5032196"));
        await chat.Platform.EditAsync(new MessageRef(RunningChat.Patching, $"{id}"), null, FakeBot.Card("KB5032196 tested"), postId: 1, Some.Token);
        var said = (await chat.SayAsync("engineer", "hello"))["message"].GetProperty("id").GetInt64();
        await chat.SendAsync(HttpMethod.Delete, $"messages/{said}?user=engineer");

        Assert.Equal((id, 1), Page.IdAndVersion(await page.NextAsync("message")));
        Assert.Equal((id, 2), Page.IdAndVersion(await page.NextAsync("message")));
        Assert.Equal((said, 1), Page.IdAndVersion(await page.NextAsync("message")));
        Assert.Equal(said, JsonSerializer.Deserialize<JsonElement>((await page.NextAsync("removed")).Data).GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task Given_a_page_that_lost_its_connection_then_it_hears_what_it_missed_and_nothing_twice()
    {
        await using var chat = await RunningChat.StartAsync();
        string? last;
        await using (var page = await Page.OpenAsync(chat))
        {
            await page.NextAsync("hello");
            await chat.PostAsync(FakeBot.Card("First"), postId: 1);
            last = (await page.NextAsync("message")).EventId;
        }

        var missed = await chat.PostAsync(FakeBot.Card("Second"), postId: 2);
        await using var again = await Page.OpenAsync(chat, last);
        Assert.Equal("""{"resumed":true}""", (await again.NextAsync("hello")).Data);
        Assert.Equal((missed, 1), Page.IdAndVersion(await again.NextAsync("message")));
    }

    [Theory, InlineData("00000000-3"), InlineData("nonsense")]
    public async Task Given_an_event_id_of_another_run_then_the_page_is_told_to_read_anew(string last)
    {
        await using var chat = await RunningChat.StartAsync();
        await using var page = await Page.OpenAsync(chat, last);
        Assert.Equal("""{"resumed":false}""", (await page.NextAsync("hello")).Data);
    }

    [Fact]
    public async Task Given_nothing_to_say_then_a_ping_shows_that_the_line_holds()
    {
        await using var chat = await RunningChat.StartAsync();
        await using var page = await Page.OpenAsync(chat);
        await page.NextAsync("hello");
        var ping = page.NextAsync("ping");
        while (!ping.IsCompleted)
        {
            chat.Clock.Advance(TimeSpan.FromSeconds(15));
            await Task.Yield();
        }

        Assert.Equal("{}", (await ping).Data);
    }

    [Fact]
    public async Task Given_open_pages_when_the_program_stops_then_their_streams_end_cleanly()
    {
        await using var chat = await RunningChat.StartAsync();
        await using var page = await Page.OpenAsync(chat);
        await page.NextAsync("hello");
        await chat.StopAsync();
        Assert.Null(await page.EndAsync());
    }
}

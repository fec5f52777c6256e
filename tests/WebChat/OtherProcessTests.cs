using System.Text.Json;
using PatchBot.Core.Conversation;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.WebChat;

/// <summary>What other processes over the same record write, as the pages of this one hear of it.</summary>
public sealed class OtherProcessTests
{
    [Fact]
    public async Task Given_another_process_over_the_same_record_then_the_page_hears_of_its_messages_changes_and_removals_once()
    {
        await using var chat = await RunningChat.StartAsync();
        var old = await chat.PostAsync(FakeBot.Card("Old"));
        await using var page = await Page.OpenAsync(chat);
        await page.NextAsync("hello");

        var others = chat.Record.Messages;
        var added = (await others.AddAsync(Message("From elsewhere"), Some.Token)).Id;
        Assert.Equal((added, 1), Page.IdAndVersion(await page.LaterAsync("message")));
        await others.EditAsync(old, "Changed elsewhere", null, Some.Token);
        Assert.Equal((old, 2), Page.IdAndVersion(await page.LaterAsync("message")));
        await others.DeleteAsync(added, Some.Token);
        Assert.Equal(added, JsonSerializer.Deserialize<JsonElement>((await page.LaterAsync("removed")).Data).GetProperty("id").GetInt64());

        // Nothing of it is told again, and what this process says is told once, though the look finds it too.
        var own = await chat.PostAsync(FakeBot.Card("Own"), postId: 2);
        Assert.Equal((own, 1), Page.IdAndVersion(await page.LaterAsync("message")));
        Assert.Equal("{}", (await page.LaterAsync("ping", skipPings: false)).Data);
    }

    [Fact]
    public async Task Given_a_look_that_finds_a_message_before_its_own_process_tells_of_it_then_it_is_told_once()
    {
        await using var chat = await RunningChat.StartAsync();
        await using var page = await Page.OpenAsync(chat);
        await page.NextAsync("hello");
        chat.Record.Committed = async () =>
        {
            await using var another = await Page.OpenAsync(chat);
            await another.NextAsync("hello");
        };
        var own = await chat.PostAsync(FakeBot.Card("Own"));
        Assert.Equal((own, 1), Page.IdAndVersion(await page.NextAsync("message")));
        Assert.Equal("{}", (await page.LaterAsync("ping", skipPings: false)).Data);
    }

    [Fact]
    public async Task Given_a_message_that_comes_while_a_look_is_under_way_then_it_is_not_taken_for_removed()
    {
        await using var chat = await RunningChat.StartAsync();
        await using var page = await Page.OpenAsync(chat);
        await page.NextAsync("hello");
        chat.Record.Answered = async () =>
        {
            chat.Record.Answered = () => Task.CompletedTask;
            await chat.PostAsync(FakeBot.Card("Own"));
        };
        await page.LaterAsync("message");
        Assert.Equal("{}", (await page.LaterAsync("ping", skipPings: false)).Data);
    }

    [Fact]
    public async Task Given_a_page_that_resumes_then_it_hears_what_other_processes_did_while_nobody_listened()
    {
        await using var chat = await RunningChat.StartAsync();
        string? last;
        await using (var page = await Page.OpenAsync(chat))
        {
            await page.NextAsync("hello");
            await chat.PostAsync(FakeBot.Card("First"));
            last = (await page.NextAsync("message")).EventId;
        }

        var missed = (await chat.Record.Messages.AddAsync(Message("From elsewhere"), Some.Token)).Id;
        await using var again = await Page.OpenAsync(chat, last);
        Assert.Equal("""{"resumed":true}""", (await again.NextAsync("hello")).Data);
        Assert.Equal((missed, 1), Page.IdAndVersion(await again.NextAsync("message")));
    }

    [Fact]
    public async Task Given_a_database_that_was_away_then_pages_are_told_to_read_anew()
    {
        await using var chat = await RunningChat.StartAsync();
        chat.Record.Down = true;
        await using var page = await Page.OpenAsync(chat);
        await page.NextAsync("hello");
        chat.Record.Down = false;
        Assert.Equal("""{"resumed":false}""", (await page.LaterAsync("hello")).Data);
    }

    [Fact]
    public async Task Given_more_messages_of_another_process_than_a_page_shows_then_it_is_told_to_read_anew()
    {
        await using var chat = await RunningChat.StartAsync();
        await using var page = await Page.OpenAsync(chat);
        await page.NextAsync("hello");
        for (var message = 0; message < 600; message++)
        {
            await chat.Record.Messages.AddAsync(Message("From elsewhere"), Some.Token);
        }

        Assert.Equal("""{"resumed":false}""", (await page.LaterAsync("hello")).Data);
        var next = (await chat.Record.Messages.AddAsync(Message("One more"), Some.Token)).Id;
        Assert.Equal((next, 1), Page.IdAndVersion(await page.LaterAsync("message")));
    }

    [Fact]
    public async Task Given_nobody_who_listens_then_the_record_is_not_read()
    {
        await using var chat = await RunningChat.StartAsync();
        for (var second = 0; second < 20; second++)
        {
            chat.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(0, chat.Record.Messages.Reads);
    }

    private static TranscriptMessage Message(string text) =>
        new(0, RunningChat.Patching, null, "webchat:local:engineer", "Erin Engineer", text, null, 1, null, Some.Noon, false);
}

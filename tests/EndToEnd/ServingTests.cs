using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd;

public sealed class ServingTests
{
    [Fact(Timeout = 60_000)]
    public async Task Given_a_running_bot_when_asked_to_stop_then_it_ends_cleanly_with_a_page_still_listening()
    {
        await using var here = new Installation();
        var server = await here.ServeAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"Cold start to serving, with a new database: {server.Started.TotalMilliseconds:0} ms");
        using var client = new HttpClient();
        await using var live = await client.GetStreamAsync(new Uri(server.Page, "/webchat/api/events"), Installation.Token);

        // Bounded far above the five seconds that it is given, so that a busy machine does not fail it.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Installation.Token);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        var finished = await server.Process.StopAsync(patience.Token);

        Assert.True(finished.Code == 0, finished.ToString());
        Assert.Equal("", finished.Errors);
    }

    [Fact(Timeout = 60_000)]
    public async Task Given_a_second_start_on_the_same_database_then_what_was_said_is_still_there()
    {
        await using var here = new Installation();
        var first = await here.ServeAsync();
        using (var chat = new ChatCalls(first.Page))
        {
            await chat.SayAsync("patching", "engineer", "Good morning");
        }

        await first.Process.KillAsync(Installation.Token);
        var second = await here.ServeAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"Cold start to serving, with a database: {second.Started.TotalMilliseconds:0} ms");
        using var again = new ChatCalls(second.Page);

        Assert.Contains(await again.MessagesAsync("patching"), message => message.Text == "Good morning");
    }
}

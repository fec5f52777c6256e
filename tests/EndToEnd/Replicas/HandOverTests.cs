using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd.Replicas;

/// <summary>What one process leaves, another goes on with.</summary>
public sealed class HandOverTests
{
    private const int InMonth = 60;

    [Fact(Timeout = 120_000)]
    public async Task Given_a_bot_that_is_stopped_while_it_posts_then_another_goes_on_at_once()
    {
        await using var here = new Installation();

        // Longer than this test may take: a lease that is not given back fails it.
        here.Configure(new { Delivery = new { Lease = "00:10:00", LookEvery = "00:00:01" } });
        await File.WriteAllTextAsync(here.PathOf("month.json"), MadeUpMonth.Json(InMonth), Installation.Token);
        using var first = await Replica.StartAsync(here);
        Assert.Equal(0, (await here.RunAsync("import", "month.json")).Code);
        while (await here.QueryAsync("SELECT 1 FROM channel WHERE lease_owner IS NOT NULL") is [])
        {
            await Task.Delay(5, Installation.Token);
        }

        var finished = await first.Process.StopAsync(Installation.Token);
        Assert.True(finished.Code == 0, finished.ToString());
        Assert.Empty(await here.QueryAsync("SELECT channel_id FROM channel WHERE lease_owner IS NOT NULL"));

        using var second = await Replica.StartAsync(here);
        while (await here.QueryAsync("SELECT 1 FROM post WHERE pending_since IS NOT NULL") is not [])
        {
            await Task.Delay(100, Installation.Token);
        }

        Assert.Equal([$"{InMonth}"], await here.QueryAsync("SELECT count(*) FROM transcript_message"));
    }

    [Fact(Timeout = 90_000)]
    public async Task Given_a_page_at_one_process_then_it_hears_what_is_said_at_another()
    {
        await using var here = new Installation();
        using var first = await Replica.StartAsync(here);
        using var second = await Replica.StartAsync(here);
        using var page = await second.ListenAsync();
        Assert.Equal("event: hello", await page.ReadLineAsync(Installation.Token));

        var said = await first.SayAsync("patching", "engineer", "Is anybody at the other one?");
        Assert.Equal(200, said.Status);
        string? line;
        do
        {
            line = await page.ReadLineAsync(Installation.Token);
            Assert.NotNull(line);
        }
        while (!line.Contains("Is anybody at the other one?", StringComparison.Ordinal));
    }
}

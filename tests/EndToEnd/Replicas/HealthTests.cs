using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd.Replicas;

public sealed class HealthTests
{
    private const string WaitsAt = "PatchBot listens at ";

    [Fact(Timeout = 60_000)]
    public async Task Given_a_running_bot_then_it_is_alive_and_ready_and_says_nothing_else()
    {
        await using var here = new Installation();
        using var bot = await Replica.StartAsync(here);
        Assert.Equal(new Told(200, "alive\n"), await bot.GetAsync("/health/live"));
        Assert.Equal(new Told(200, "ready\n"), await bot.GetAsync("/health/ready"));
    }

    [Fact(Timeout = 90_000)]
    public async Task Given_a_start_while_the_database_is_away_then_the_bot_is_alive_says_so_and_becomes_ready_by_itself()
    {
        await using var here = new Installation();
        here.Configure(new { Database = new { File = "data/patchbot.db" } });

        // A file stands where the folder is to be.
        await File.WriteAllTextAsync(here.PathOf("data"), "", Installation.Token);
        await using var process = here.Start("--Urls", "http://127.0.0.1:0");
        var waits = await process.WaitForLineAsync(WaitsAt, Installation.Token);
        using var bot = new Replica(process, new Uri(waits[WaitsAt.Length..].Split(' ')[0]));
        Assert.Equal(200, (await bot.GetAsync("/health/live")).Status);
        Assert.Equal(new Told(503, "The database is away.\n"), await bot.GetAsync("/health/ready"));
        var refused = await bot.SayAsync("patching", "engineer", "Good morning");
        Assert.Equal(503, refused.Status);
        Assert.Contains("this was not recorded and nothing changed", refused.Body, StringComparison.Ordinal);

        File.Delete(here.PathOf("data"));
        await process.WaitForLineAsync("PatchBot is ready. ", Installation.Token);
        Assert.Equal(200, (await bot.GetAsync("/health/ready")).Status);
        Assert.Equal(200, (await bot.SayAsync("patching", "engineer", "Good morning")).Status);
        var finished = await process.StopAsync(Installation.Token);
        Assert.Equal(0, finished.Code);
        Assert.Single(finished.Errors.Split('\n'), line => line.Contains("The database is away", StringComparison.Ordinal));
        Assert.Single(finished.Errors.Split('\n'), line => line.Contains("The database is back", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task Given_a_bot_that_waits_for_its_database_when_asked_to_stop_then_it_ends_cleanly()
    {
        await using var here = new Installation();
        here.Configure(new { Database = new { File = "data/patchbot.db" } });
        await File.WriteAllTextAsync(here.PathOf("data"), "", Installation.Token);
        await using var process = here.Start("--Urls", "http://127.0.0.1:0");
        await process.WaitForLineAsync(WaitsAt, Installation.Token);
        Assert.Equal(0, (await process.StopAsync(Installation.Token)).Code);
    }

    [Fact(Timeout = 60_000)]
    public async Task Given_a_database_of_a_newer_program_then_the_bot_does_not_touch_it_and_ends()
    {
        await using var here = new Installation();
        Assert.Equal(0, (await here.RunAsync("migrate")).Code);
        await here.QueryAsync("INSERT INTO schema_migration (version, name, hash, applied_at) VALUES (9999, '9999-later', 'x', '2030-01-01T00:00:00.000Z')");
        var finished = await here.RunAsync("serve", "--Urls=http://127.0.0.1:0");
        Assert.Equal(3, finished.Code);
        Assert.Contains("is newer than this PatchBot", Assert.Single(finished.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }
}

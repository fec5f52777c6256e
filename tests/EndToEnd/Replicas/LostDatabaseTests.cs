using System.Globalization;
using Microsoft.Data.Sqlite;
using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd.Replicas;

public sealed class LostDatabaseTests
{
    private const int InMonth = 40;

    [Fact(Timeout = 120_000)]
    public async Task Given_a_database_that_takes_nothing_for_a_while_then_people_are_told_and_everything_catches_up()
    {
        await using var here = new Installation();
        await File.WriteAllTextAsync(here.PathOf("month.json"), MadeUpMonth.Json(InMonth), Installation.Token);
        using var bot = await Replica.StartAsync(here);
        Assert.Equal(0, (await here.RunAsync("import", "month.json")).Code);
        await CardsAsync(here, 3);
        await using (await LockAsync(here))
        {
            await bot.UntilReadyAsync(false);
            Assert.Equal(new Told(503, "The database takes nothing.\n"), await bot.GetAsync("/health/ready"));
            Assert.Equal(200, (await bot.GetAsync("/health/live")).Status);
            var said = await bot.SayAsync("patching", "engineer", "said while it was away");
            Assert.Equal(503, said.Status);
            Assert.Contains("this was not recorded and nothing changed", said.Body, StringComparison.Ordinal);
            var pressed = await bot.PressAsync(1, "manager", "rollout.approve/1/0123456789ab", "press");
            Assert.Equal(503, pressed.Status);
            Assert.Contains("it was not recorded and nothing changed", pressed.Body, StringComparison.Ordinal);
            var read = await bot.GetAsync("/webchat/api/channels/patching/messages");
            Assert.Equal(200, read.Status);
            Assert.DoesNotContain("said while it was away", read.Body, StringComparison.Ordinal);
        }

        await bot.UntilReadyAsync(true);
        Assert.Equal(200, (await bot.SayAsync("patching", "engineer", "said afterwards")).Status);
        await CardsAsync(here, InMonth);
        Assert.Equal(["said afterwards"], await here.QueryAsync("SELECT body FROM transcript_message WHERE author_id = 'webchat:local:engineer'"));
        Assert.Equal(["0"], await here.QueryAsync("SELECT count(*) FROM inbox WHERE delivery_key LIKE 'press/%'"));
        var posts = await here.QueryAsync("SELECT post_id FROM transcript_message WHERE post_id IS NOT NULL ORDER BY id");
        Assert.Equal(posts.Order(Comparer<string>.Create((a, b) => Number(a).CompareTo(Number(b)))).Distinct(), posts);

        var finished = await bot.Process.StopAsync(Installation.Token);
        Assert.Collection(
            finished.Errors.TrimEnd().Split('\n'),
            away => Assert.Contains("is locked by another program", away, StringComparison.Ordinal),
            press => Assert.Contains("was not recorded", press, StringComparison.Ordinal),
            back => Assert.Contains("The database is back", back, StringComparison.Ordinal));
    }

    /// <summary>SQLite makes no difference between a database that is gone and one that was never there, so the bot has to.</summary>
    [Fact(Timeout = 60_000)]
    public async Task Given_a_database_that_was_moved_away_while_the_bot_runs_then_no_empty_one_takes_its_place()
    {
        await using var here = new Installation();
        using var bot = await Replica.StartAsync(here);
        File.Move(here.Database, here.PathOf("away.db"));
        await bot.SayAsync("patching", "engineer", "Where does this go?");
        Assert.False(File.Exists(here.Database));
    }

    private static async Task CardsAsync(Installation here, int atLeast)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (Number((await here.QueryAsync("SELECT count(*) FROM transcript_message WHERE post_id IS NOT NULL")).Single()) < atLeast)
        {
            await timer.WaitForNextTickAsync(Installation.Token);
        }
    }

    /// <summary>Holds the one right to write, as a backup or a database browser does.</summary>
    private static async Task<SqliteConnection> LockAsync(Installation here)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = here.Database, Pooling = false, DefaultTimeout = 60 }.ConnectionString);
        await connection.OpenAsync(Installation.Token);
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync(Installation.Token);
        return connection;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

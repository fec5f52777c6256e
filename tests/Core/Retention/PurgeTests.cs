using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PatchBot.Core.Conversation;
using PatchBot.Core.Retention;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Retention;

public sealed class PurgeTests
{
    private static readonly DateTimeOffset Before = Some.Noon;

    [Fact]
    public async Task Given_more_than_one_transactions_worth_then_all_of_it_goes_and_the_audit_has_one_entry()
    {
        await using var bot = await Bot.StartAsync();
        await SayAsync(bot, 1101, Before.AddDays(-1));
        await SayAsync(bot, 2, Before);
        var entries = (await bot.AuditAsync()).Count;

        var purged = await new Purge(bot.Record, bot.Clock).RunAsync(Before, Some.Manager.Id, Some.Token);

        Assert.Equal(new Purged(1101, 0), purged);
        Assert.Equal(2, (await bot.ReadAsync(session => session.Transcript.ReadAsync(Bot.Ops, 0, 5000, Some.Token))).Count);
        var told = Assert.Single((await bot.AuditAsync()).Skip(entries));
        Assert.Equal(("record.purged", Some.Manager.Id), (told.Event.Action, told.Event.Actor));
        Assert.Equal("1101 messages of the web chat and 0 posts of announcements from before 2026-11-10 12:00:00Z", told.Event.Detail);
    }

    [Fact]
    public async Task Given_nothing_old_then_nothing_is_audited()
    {
        await using var bot = await Bot.StartAsync();
        await SayAsync(bot, 1, Before);
        var entries = (await bot.AuditAsync()).Count;
        Assert.True((await new Purge(bot.Record, bot.Clock).RunAsync(Before, Some.Manager.Id, Some.Token)).IsNothing);
        Assert.Equal(entries, (await bot.AuditAsync()).Count);
    }

    [Fact]
    public async Task Given_a_finished_rollout_when_all_that_may_go_is_gone_then_the_record_still_tells_everything()
    {
        await using var bot = await Bot.StartAsync();
        var approved = await bot.ApprovedAsync("KB5032196");
        await bot.PassTimeAsync(approved.Window!.Start);
        await bot.PassTimeAsync(approved.Window.End);
        var stages = await bot.StagesAsync(approved.Window.Start);
        await bot.WriteAsync(async session =>
        {
            // As if every channel had been reached.
            foreach (var stage in await session.Announcements.OfWindowAsync("production", approved.Window.Start, Some.Token))
            {
                foreach (var post in await session.Posts.OfSubjectAsync(new($"announcement/{stage.Id}"), Some.Token))
                {
                    await session.Posts.ShownAsync(post.Id, post.WantedVersion, $"m{post.Id}", "x", Some.Token);
                }
            }
        });

        var purged = await new Purge(bot.Record, bot.Clock).RunAsync(bot.Now.AddYears(1), Some.Manager.Id, Some.Token);

        Assert.Equal(stages.Count, purged.Posts);
        Assert.Equal(stages, await bot.StagesAsync(approved.Window.Start));
        Assert.Single(await bot.DecisionsAsync(approved));
        Assert.Single(await bot.PostsAsync("KB5032196"));
        Assert.Equal(0, await bot.DueAsync());
        Assert.True((await new PatchBot.Core.Audit.AuditVerifier(bot.Record).VerifyAsync(Some.Token)).IsWhole);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task Given_the_settings_then_the_program_purges_by_itself_or_not(bool purges, int left)
    {
        await using var bot = await Bot.StartAsync();
        await SayAsync(bot, 1, bot.Now.AddDays(-101));
        await SayAsync(bot, 1, bot.Now.AddDays(-99));
        var options = new RetentionOptions { Purge = purges, Keep = TimeSpan.FromDays(100) };
        using var worker = new RetentionWorker(
            new Purge(bot.Record, bot.Clock), Options.Create(options), bot.Clock, NullLogger<RetentionWorker>.Instance);

        await worker.StartAsync(Some.Token);
        for (var waited = 0; waited < 100 && await LeftAsync() > left; waited++)
        {
            await Task.Delay(50, Some.Token);
        }

        if (!purges)
        {
            await worker.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(10), Some.Token);
        }

        await worker.StopAsync(Some.Token);
        Assert.Equal(left, await LeftAsync());

        async Task<int> LeftAsync() => (await bot.ReadAsync(session => session.Transcript.ReadAsync(Bot.Ops, 0, 10, Some.Token))).Count;
    }

    private static Task SayAsync(Bot bot, int messages, DateTimeOffset at) => bot.WriteAsync(async session =>
    {
        for (var i = 0; i < messages; i++)
        {
            await session.Transcript.AddAsync(
                new TranscriptMessage(0, Bot.Ops, null, Some.Engineer.Id.Value, Some.Engineer.Name, "hello", null, 1, null, at, false), Some.Token);
        }
    });
}

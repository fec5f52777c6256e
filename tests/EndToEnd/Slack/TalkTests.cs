using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd.Slack;

/// <summary>People write to the built program through a local Slack, over sockets and over HTTP.</summary>
public sealed class TalkTests
{
    [Theory(Timeout = 120_000), InlineData(true), InlineData(false)]
    public async Task Given_a_local_slack_then_what_people_write_is_answered_and_the_end_comes_at_once(bool sockets)
    {
        await using var here = new Installation();
        var bot = new Uri($"http://127.0.0.1:{FreePort.Take()}/");
        await using var slack = await LocalSlack.StartAsync(sockets ? null : new Uri(bot, "slack/events"), Installation.Token);
        here.Configure(new
        {
            Urls = bot.GetLeftPart(UriPartial.Authority),
            People = new { Admins = new[] { $"slack:{LocalSlack.Team}:{LocalSlack.Ada}" } },
            Rings = new[]
            {
                new
                {
                    Key = "production", Title = "Production servers", Products = new[] { "Windows Server *" },
                    Calendar = new { Rule = "FREQ=WEEKLY;BYDAY=SA", Start = "2026-01-03T22:00", Zone = "Europe/Berlin", Duration = "04:00:00" },
                },
            },
        });
        var process = here.Start(slack.Settings);
        await process.WaitForLineAsync("PatchBot is ready", Installation.Token);
        await UntilAsync(() => Task.FromResult(process.Printed.Contains(sockets ? "A socket to Slack is open" : "Slack: workspace Patch Works", StringComparison.Ordinal)));

        await slack.SayAsync(LocalSlack.Ada, $"<@{LocalSlack.BotUser}> follow patches of production");
        await UntilAsync(() => SaysAsync(slack, "This channel now follows patches of Production servers."));
        await slack.CommandAsync(LocalSlack.Ada, "status");
        await UntilAsync(() => SaysAsync(slack, "Nothing is open"));

        Assert.Equal(["production|Patches"], await here.QueryAsync("SELECT ring, topic FROM subscription WHERE platform = 'slack'"));
        Assert.Equal(0, (await process.StopAsync(Installation.Token)).Code);
    }

    [Fact(Timeout = 120_000)]
    public async Task Given_a_killed_process_then_the_next_one_reads_what_people_wrote_meanwhile()
    {
        await using var here = new Installation();
        await using var slack = await LocalSlack.StartAsync(null, Installation.Token);
        var first = await StartAsync(here, slack);
        await slack.SayAsync(LocalSlack.Ada, $"<@{LocalSlack.BotUser}> show me a demo");
        await UntilAsync(async () => await CardAsync(slack) is not null);
        var card = await CardAsync(slack);

        await first.KillAsync(Installation.Token);
        await slack.SayAsync(LocalSlack.Erin, "pass on hv-lab-02, backups ok", card);
        await slack.SayAsync(LocalSlack.Max, "approve production", card);
        var second = await StartAsync(here, slack);
        await UntilAsync(() => SaysAsync(slack, $"Recorded: pass on hv-lab-02 for {Patch} by Erin Engineer."));
        await UntilAsync(() => SaysAsync(slack, "What you wrote reached me only now."));

        Assert.Equal([$"hv-lab-02|slack:{LocalSlack.Team}:{LocalSlack.Erin}"], await here.QueryAsync("SELECT host, person_id FROM lab_result"));
        Assert.Empty(await here.QueryAsync("SELECT kind FROM decision"));
        Assert.Equal(0, (await second.StopAsync(Installation.Token)).Code);
    }

    private const string Patch = "KB5032198";

    private static async Task<PatchBotProcess> StartAsync(Installation here, LocalSlack slack)
    {
        var process = here.Start(["--Urls=http://127.0.0.1:0", .. slack.Settings]);
        await process.WaitForLineAsync("PatchBot is ready", Installation.Token);
        await UntilAsync(() => Task.FromResult(process.Printed.Contains("A socket to Slack is open", StringComparison.Ordinal)));
        return process;
    }

    private static async Task<string?> CardAsync(LocalSlack slack) => (await slack.MessagesAsync())
        .Where(message => message.GetProperty("text").GetString()!.StartsWith(Patch, StringComparison.Ordinal) && !message.TryGetProperty("thread_ts", out _))
        .Select(message => message.GetProperty("ts").GetString()).FirstOrDefault();

    private static async Task<bool> SaysAsync(LocalSlack slack, string words) =>
        (await slack.MessagesAsync()).Any(message => message.GetProperty("text").GetString()!.Contains(words, StringComparison.Ordinal));

    private static async Task UntilAsync(Func<Task<bool>> happened)
    {
        while (!await happened())
        {
            await Task.Delay(50, Installation.Token);
        }
    }
}

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

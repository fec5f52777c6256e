using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd.Slack;

/// <summary>A local Slack and the built program.</summary>
public sealed class LocalSlackTests
{
    [Fact(Timeout = 120_000)]
    public async Task Given_a_token_and_a_way_in_then_the_doctor_finds_the_workspace_and_that_a_socket_would_be_opened()
    {
        await using var here = new Installation();
        await using var slack = await LocalSlack.StartAsync(null, Installation.Token);
        var examined = await here.RunAsync(["doctor", .. slack.Settings]);
        Assert.Contains("Slack takes Slack:BotToken: workspace Patch Works (T01PATCH), bot user U0BOT.", examined.Output, StringComparison.Ordinal);
        Assert.Contains("Slack would open a socket.", examined.Output, StringComparison.Ordinal);
        Assert.Contains("Web chat is on", examined.Output, StringComparison.Ordinal);
    }
}

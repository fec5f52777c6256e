using Microsoft.Extensions.Configuration;
using PatchBot.Host.Commands;
using PatchBot.Host.Settings;

namespace PatchBot.Tests.Host;

public sealed class SettingWordsTests
{
    [Theory]
    [InlineData("import x.json --silent", "import x.json --silent", "")]
    [InlineData("--Database:File p.db migrate", "migrate", "--Database:File=p.db")]
    [InlineData("windows pilot --Database:File=p.db --json", "windows pilot --json", "--Database:File=p.db")]
    [InlineData("--urls http://127.0.0.1:0", "", "--urls=http://127.0.0.1:0")]
    [InlineData("imprt x --Url http://x", "imprt x --Url http://x", "")]
    [InlineData("suggest KB1 --at 2026-11-11T08:00Z", "suggest KB1 --at 2026-11-11T08:00Z", "")]
    public void Given_a_command_line_then_settings_are_told_from_words(string line, string words, string settings)
    {
        var split = SettingWords.Split(line.Split(' '));
        Assert.Equal((words, settings, null), (string.Join(' ', split.Words), string.Join(' ', split.Settings), split.Fault));
    }

    [Theory, InlineData("--Database:File"), InlineData("--Urls --json")]
    public void Given_a_setting_without_a_value_then_a_line_says_so(string line) =>
        Assert.Contains("needs a value", SettingWords.Split(line.Split(' ')).Fault, StringComparison.Ordinal);

    [Theory]
    [InlineData("http://127.0.0.1:5080", "PatchBot is ready. Web chat: http://127.0.0.1:5080/webchat")]
    [InlineData("http://[::]:5080;http://0.0.0.0:5080", "PatchBot is ready. Web chat: http://localhost:5080/webchat")]
    [InlineData("http://[::1]:81;http://*:82", "PatchBot is ready. Web chat: http://[::1]:81/webchat or http://localhost:82/webchat")]
    public void Given_addresses_then_one_line_names_what_can_be_opened(string addresses, string line) =>
        Assert.Equal(line, ReadyLine.For(addresses.Split(';'), webChat: true, outside: []));

    [Fact]
    public void Given_the_web_chat_is_off_then_the_line_says_so() =>
        Assert.Equal("PatchBot is ready at http://127.0.0.1:5080. The web chat is off.", ReadyLine.For(["http://127.0.0.1:5080"], webChat: false, outside: []));

    [Fact]
    public void Given_platforms_outside_then_the_line_says_how_each_reaches_the_bot()
    {
        var (settings, _) = PatchBotSettings.Read(
            new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Slack:BotToken"] = "xoxb-1", ["Slack:AppToken"] = "xapp-1" }).Build(), AppContext.BaseDirectory);
        Assert.Equal(
            "PatchBot is ready. Web chat: http://127.0.0.1:5080/webchat. Slack is heard over 2 sockets.",
            ReadyLine.For(["http://127.0.0.1:5080"], webChat: true, ReadyLine.Outside(settings)));
    }
}

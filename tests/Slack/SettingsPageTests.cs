using System.Reflection;
using System.Runtime.CompilerServices;
using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Slack.Manifest;

namespace PatchBot.Tests.Slack;

public sealed class SettingsPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "docs", "slack.md"));

    [Fact]
    public void Given_the_page_about_Slack_then_it_names_every_setting() => Assert.All(
        typeof(SlackOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(setting => setting.SetMethod is { IsPublic: true }),
        setting => Assert.Contains($"`{setting.Name}`", Page, StringComparison.Ordinal));

    [Fact]
    public void Given_the_page_about_Slack_then_it_says_why_of_every_right() =>
        Assert.All(SlackScopes.Needed, scope => Assert.Contains($"`{scope.Name}`", Page, StringComparison.Ordinal));

    [Fact]
    public void Given_the_page_about_Slack_then_it_names_every_address() => Assert.All(
        new[] { SlackPaths.Events, SlackPaths.Interactivity, SlackPaths.Commands, SlackPaths.Install, SlackPaths.Callback },
        path => Assert.Contains($"`{path}`", Page, StringComparison.Ordinal));

    private static string ThisFile([CallerFilePath] string test = "") => test;
}

using System.Reflection;
using System.Runtime.CompilerServices;
using PatchBot.Adapters.Teams;
using PatchBot.Adapters.Teams.Package;

namespace PatchBot.Tests.Teams;

public sealed class SettingsPageTests
{
    [Theory, InlineData(typeof(TeamsOptions)), InlineData(typeof(PackageOptions))]
    public void Given_the_page_about_Teams_then_it_names_every_setting(Type options)
    {
        var page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "docs", "teams.md"));
        var settings = options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(setting => setting.SetMethod is { IsPublic: true }).Select(setting => setting.Name).ToList();

        Assert.NotEmpty(settings);
        Assert.All(settings, setting => Assert.Contains($"`{setting}`", page, StringComparison.Ordinal));
    }

    private static string ThisFile([CallerFilePath] string test = "") => test;
}

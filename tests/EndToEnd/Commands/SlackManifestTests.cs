using System.Text.Json;
using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd.Commands;

public sealed class SlackManifestTests
{
    [Fact(Timeout = 60_000)]
    public async Task Given_nothing_then_the_manifest_of_an_app_over_sockets_is_printed_as_YAML()
    {
        await using var here = new Installation();
        var finished = await here.RunAsync("slack-manifest");
        Assert.True(finished.Code == 0, finished.ToString());
        Assert.StartsWith("display_information:\n  name: \"PatchBot\"\n", finished.Output, StringComparison.Ordinal);
        Assert.Contains("\n  socket_mode_enabled: true\n", finished.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(here.Folder));
    }

    [Fact(Timeout = 60_000)]
    public async Task Given_settings_then_they_are_taken_the_command_line_has_the_last_word_and_a_file_is_written()
    {
        await using var here = new Installation();
        here.Configure(new { Slack = new { PublicUrl = "https://patchbot.example.com", Command = "/patches", ClientId = "12.34" } });
        var finished = await here.RunAsync("slack-manifest", "--json", "--name", "Patches", "--org", "--out", "manifest.json");
        Assert.True(finished.Code == 0, finished.ToString());
        Assert.Contains("Patches, /patches, called at https://patchbot.example.com/", finished.Output, StringComparison.Ordinal);
        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(here.PathOf("manifest.json"), Installation.Token));
        Assert.Equal("https://patchbot.example.com/slack/oauth/callback", manifest.RootElement.GetProperty("oauth_config").GetProperty("redirect_urls")[0].GetString());
        Assert.True(manifest.RootElement.GetProperty("settings").GetProperty("org_deploy_enabled").GetBoolean());
    }

    [Theory(Timeout = 60_000)]
    [InlineData(2, "--url (or Slack:PublicUrl) = \"\": Slack must know where to call", "--http")]
    [InlineData(2, "--command (or Slack:Command) = \"Patch\": write a slash", "--command", "Patch")]
    [InlineData(1, "--socket and --http exclude each other.", "--socket", "--http")]
    [InlineData(1, "does not exist", "--out", "missing/manifest.yaml")]
    public async Task Given_what_makes_no_app_then_one_line_says_why_and_nothing_is_written(int code, string why, params string[] words)
    {
        await using var here = new Installation();
        var finished = await here.RunAsync(["slack-manifest", .. words]);
        Assert.Equal(code, finished.Code);
        Assert.Contains(why, finished.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(here.Folder));
    }
}

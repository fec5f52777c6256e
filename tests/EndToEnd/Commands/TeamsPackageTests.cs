using System.IO.Compression;
using System.Text.Json;
using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd.Commands;

public sealed class TeamsPackageTests
{
    private const string Bot = "7f1c2b9e-3a4d-4c5e-8f60-718293a4b5c6";
    private const string Website = "https://it.contoso.com/patchbot";

    [Fact(Timeout = 60_000)]
    public async Task Given_a_bot_and_a_website_then_the_package_is_written_without_settings_or_database()
    {
        await using var here = new Installation();

        var finished = await here.RunAsync("teams-package", "--out", "patchbot.zip", "--bot-id", Bot, "--website", Website, "--version", "1.2.3");

        Assert.True(finished.Code == 0, finished.ToString());
        Assert.Contains("PatchBot 1.2.3, manifest 1.25", finished.Output, StringComparison.Ordinal);
        Assert.Equal([here.PathOf("patchbot.zip")], Directory.GetFiles(here.Folder));
        var manifest = await ManifestAsync(here.PathOf("patchbot.zip"));
        Assert.Equal(Bot, manifest.GetProperty("id").GetString());
        Assert.Equal("1.2.3", manifest.GetProperty("version").GetString());
    }

    [Fact(Timeout = 60_000)]
    public async Task Given_settings_then_they_are_taken_and_the_command_line_has_the_last_word()
    {
        await using var here = new Installation();
        here.Configure(new
        {
            Teams = new
            {
                AppId = Bot,
                TenantId = "11111111-2222-4333-8444-555555555555",
                ClientSecret = "not-used-here",
                Package = new { Name = "Patchy", DeveloperName = "Contoso IT", WebsiteUrl = Website },
            },
        });

        var finished = await here.RunAsync("teams-package", "--out", "patchbot.zip", "--name", "Patches", "--targeted-messages");

        Assert.True(finished.Code == 0, finished.ToString());
        var manifest = await ManifestAsync(here.PathOf("patchbot.zip"));
        Assert.Equal(Bot, manifest.GetProperty("bots")[0].GetProperty("botId").GetString());
        Assert.Equal("Patches", manifest.GetProperty("name").GetProperty("short").GetString());
        Assert.Equal("Contoso IT", manifest.GetProperty("developer").GetProperty("name").GetString());
        Assert.Equal("1.29", manifest.GetProperty("manifestVersion").GetString());
    }

    [Fact(Timeout = 60_000)]
    public async Task Given_settings_without_a_credential_then_the_package_is_written_and_only_the_doctor_minds()
    {
        await using var here = new Installation();
        here.Configure(new { Teams = new { AppId = Bot, TenantId = "11111111-2222-4333-8444-555555555555", OpenIdMetadata = "https://127.0.0.1:1/" } });

        var finished = await here.RunAsync("teams-package", "--out", "patchbot.zip", "--website", Website);
        Assert.True(finished.Code == 0, finished.ToString());

        var examined = await here.RunAsync("doctor");
        Assert.Equal(1, examined.Code);
        Assert.Contains("Teams:ClientSecret cannot be used, so the bot cannot serve Teams.", examined.Output, StringComparison.Ordinal);
        Assert.Contains("The keys of Teams cannot be fetched from 127.0.0.1", examined.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Given_nothing_then_what_is_missing_is_named_with_option_and_setting_and_nothing_is_written()
    {
        await using var here = new Installation();

        var finished = await here.RunAsync("teams-package", "--out", "patchbot.zip");

        Assert.Equal(2, finished.Code);
        Assert.Contains("--bot-id (or Teams:AppId) = \"\": ", finished.Errors, StringComparison.Ordinal);
        Assert.Contains("--website (or Teams:Package:WebsiteUrl) = \"\": ", finished.Errors, StringComparison.Ordinal);
        Assert.Equal(2, finished.Errors.TrimEnd().Split('\n').Length);
        Assert.Empty(Directory.GetFiles(here.Folder));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("missing/patchbot.zip", "does not exist; make it first.")]
    [InlineData(".", "is a folder; name a file in it")]
    public async Task Given_a_place_that_cannot_be_written_then_one_line_says_why(string file, string why)
    {
        await using var here = new Installation();

        var finished = await here.RunAsync("teams-package", "--out", file, "--bot-id", Bot, "--website", Website);

        Assert.Equal(1, finished.Code);
        Assert.Contains(why, Assert.Single(finished.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(here.Folder));
    }

    private static async Task<JsonElement> ManifestAsync(string file)
    {
        using var zip = new ZipArchive(File.OpenRead(file));
        await using var stream = zip.GetEntry("manifest.json")!.Open();
        return (await JsonDocument.ParseAsync(stream, cancellationToken: Installation.Token)).RootElement;
    }
}

using System.IO.Compression;
using PatchBot.Adapters.Teams.Package;
using PatchBot.Core.Conversation;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;

namespace PatchBot.Tests.Teams.Package;

public sealed class PackageTests
{
    [Fact]
    public void Given_a_package_then_it_holds_what_its_manifest_names_at_its_root()
    {
        var manifest = Packages.Some.Manifest();

        Assert.Equal(
            new[] { "manifest.json", (string)manifest["icons"]!["color"]!, (string)manifest["icons"]!["outline"]! }.Order(),
            Packages.Some.Files().Keys.Order());
    }

    [Fact]
    public void Given_a_bot_then_the_app_the_bot_and_its_rights_carry_its_id()
    {
        var manifest = (Packages.Some with { BotId = Packages.Bot.ToUpperInvariant() }).Manifest();

        Assert.Equal(Packages.Bot, (string?)manifest["id"]);
        Assert.Equal(Packages.Bot, (string?)manifest["bots"]![0]!["botId"]);
        Assert.Equal(Packages.Bot, (string?)manifest["webApplicationInfo"]!["id"]);
        Assert.Equal(["team", "groupChat", "personal"], manifest["bots"]![0]!["scopes"]!.AsArray().Select(scope => (string?)scope));
        Assert.Equal(
            [("ChannelMessage.Read.Group", "Application"), ("ChatMessage.Read.Chat", "Application")],
            manifest["authorization"]!["permissions"]!["resourceSpecific"]!.AsArray().Select(right => ((string)right!["name"]!, (string)right["type"]!)));
        Assert.Equal("team", (string?)manifest["defaultInstallScope"]);
        Assert.Equal("tier1", (string?)manifest["supportsChannelFeatures"]);
    }

    [Fact]
    public void Given_a_package_that_reads_only_mentions_then_it_asks_for_no_rights_and_says_so()
    {
        var manifest = (Packages.Some with { ReadsMessages = false }).Manifest();

        Assert.False(manifest.ContainsKey("authorization"));
        Assert.False(manifest.ContainsKey("webApplicationInfo"));
        Assert.EndsWith("reads only messages that mention it, and what is pressed or filled in on its cards.", (string?)manifest["description"]!["full"], StringComparison.Ordinal);
    }

    [Fact]
    public void Given_only_a_website_then_it_stands_for_developer_privacy_and_terms()
    {
        var developer = Packages.Some.Manifest()["developer"]!;

        Assert.Equal("it.contoso.com", (string?)developer["name"]);
        Assert.All(["websiteUrl", "privacyUrl", "termsOfUseUrl"], url => Assert.Equal("https://it.contoso.com/patchbot", (string?)developer[url]));
    }

    [Fact]
    public void Given_the_commands_that_Teams_offers_then_the_bot_understands_each_as_it_is_completed()
    {
        var endings = new Dictionary<string, string> { ["follow patches of"] = " production", ["follow announcements of"] = " production", ["reject:"] = " breaks backups" };
        var titles = BotCommands.Lists.SelectMany(list => list.Commands).Select(command => command.Title).Distinct().ToList();

        Assert.All(titles.Where(title => title != "pass on"), title => Assert.NotNull(CommandReader.Read(title + endings.GetValueOrDefault(title, ""))));
        var result = Assert.IsType<ResultsReading>(LabReplyReader.Read("pass on hv-lab-02", new PatchId("KB5032196"), new Dictionary<string, PatchId>()));
        Assert.NotEmpty(result.Results);
    }

    [Fact]
    public void Given_the_same_package_twice_then_the_bytes_are_the_same() => Assert.Equal(Packages.Some.Zip(), Packages.Of(_ => { }).Zip());

    [Fact]
    public void Given_a_name_with_quotes_and_umlauts_then_the_manifest_carries_it_as_it_is()
    {
        var manifest = Packages.Of(options => options.Name = "Flickwerk \"Süd\" <b>").Manifest();

        Assert.Equal("Flickwerk \"Süd\" <b>", (string?)manifest["name"]!["short"]);
        Assert.StartsWith("Flickwerk \"Süd\" <b> posts", (string?)manifest["description"]!["full"], StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_zip_then_its_times_are_no_clock_s() => Assert.All(
        new ZipArchive(new MemoryStream(Packages.Some.Zip())).Entries, entry => Assert.Equal(new DateTime(1980, 1, 1), entry.LastWriteTime.DateTime));
}

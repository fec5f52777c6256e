using System.Text.Json;
using System.Text.RegularExpressions;
using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Slack.Manifest;

namespace PatchBot.Tests.Slack.Manifest;

/// <summary>What Slack would refuse is refused here; what is written is within Slack's limits and asks for nothing unused.</summary>
public sealed class SlackManifestTests
{
    private static readonly Uri Here = new("https://patchbot.example.com");
    private static readonly SlackApp OverSockets = new("PatchBot", "/patchbot", Sockets: true, null);
    private static readonly SlackApp OverHttp = new("PatchBot", "/patchbot", Sockets: false, Here);
    private static readonly SlackApp Everything = OverHttp with { ForOAuth = true, ForOrganisations = true, RotatesTokens = true };

    /// <summary>Path, least and most: characters of a text, entries of a list.</summary>
    /// <remarks><see href="https://docs.slack.dev/reference/app-manifest"/></remarks>
    private static readonly (string Path, int Least, int Most)[] Limits =
    [
        ("display_information.name", 1, 35),
        ("display_information.description", 1, 140),
        ("display_information.long_description", 174, 4_000),
        ("features.bot_user.display_name", 1, 80),
        ("features.slash_commands", 1, 50),
        ("features.slash_commands[].command", 2, 32),
        ("features.slash_commands[].description", 1, 2_000),
        ("features.slash_commands[].usage_hint", 1, 1_000),
        ("features.shortcuts", 1, 10),
        ("features.shortcuts[].name", 1, 24),
        ("features.shortcuts[].callback_id", 1, 255),
        ("features.shortcuts[].description", 1, 150),
        ("oauth_config.scopes.bot", 1, 255),
        ("settings.event_subscriptions.bot_events", 1, 100),
    ];

    public static TheoryData<string> Apps => ["sockets", "http", "everything", "longest name"];

    [Theory, MemberData(nameof(Apps))]
    public void Given_an_app_then_its_manifest_is_within_Slacks_limits(string app)
    {
        var manifest = Read(App(app));
        Assert.All(Limits, limit => Assert.All(
            Find(manifest, limit.Path),
            value => Assert.InRange(value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() : value.GetString()!.Length, limit.Least, limit.Most)));
    }

    [Theory, MemberData(nameof(Apps))]
    public void Given_an_app_then_every_limit_meets_something(string app) =>
        Assert.All(Limits, limit => Assert.NotEmpty(Find(Read(App(app)), limit.Path)));

    [Fact]
    public void Given_sockets_then_Slack_is_told_of_no_address()
    {
        var json = OverSockets.ToJson();
        Assert.DoesNotContain("https://", json, StringComparison.Ordinal);
        Assert.True(Find(Read(OverSockets), "settings.socket_mode_enabled").Single().GetBoolean());
    }

    [Fact]
    public void Given_calls_over_HTTP_then_each_kind_has_its_address()
    {
        var manifest = Read(OverHttp);
        Assert.Equal(
            [
                "https://patchbot.example.com/slack/events", "https://patchbot.example.com/slack/interactivity", "https://patchbot.example.com/slack/commands",
            ],
            new[] { "settings.event_subscriptions.request_url", "settings.interactivity.request_url", "features.slash_commands[].url" }
                .Select(path => Find(manifest, path).Single().GetString()));
        Assert.False(Find(manifest, "settings.socket_mode_enabled").Single().GetBoolean());
        Assert.Empty(Find(manifest, "oauth_config.redirect_urls"));
    }

    [Fact]
    public void Given_one_workspace_then_neither_rotation_nor_organisations_are_asked_for()
    {
        var manifest = Read(OverSockets);
        Assert.False(Find(manifest, "settings.token_rotation_enabled").Single().GetBoolean());
        Assert.False(Find(manifest, "settings.org_deploy_enabled").Single().GetBoolean());
        Assert.DoesNotContain("team_access_granted", Events(manifest));
    }

    [Fact]
    public void Given_organisations_and_rotation_then_the_manifest_says_so_and_hears_of_their_workspaces()
    {
        var manifest = Read(Everything);
        Assert.True(Find(manifest, "settings.token_rotation_enabled").Single().GetBoolean());
        Assert.True(Find(manifest, "settings.org_deploy_enabled").Single().GetBoolean());
        Assert.Superset(new HashSet<string> { "team_access_granted", "team_access_revoked" }, Events(manifest));
        Assert.Equal(["https://patchbot.example.com/slack/oauth/callback"], Find(manifest, "oauth_config.redirect_urls[]").Select(url => url.GetString()));
    }

    [Fact]
    public void Given_any_app_then_commands_are_escaped_and_shortcuts_have_the_names_that_the_bot_knows()
    {
        var manifest = Read(OverSockets);
        Assert.True(Find(manifest, "features.slash_commands[].should_escape").Single().GetBoolean());
        Assert.Equal(
            ["global record_lab_result", "message record_as_lab_result"],
            Find(manifest, "features.shortcuts[]").Select(shortcut => $"{shortcut.GetProperty("type").GetString()} {shortcut.GetProperty("callback_id").GetString()}"));
        Assert.True(Find(manifest, "features.app_home.home_tab_enabled").Single().GetBoolean());
    }

    [Fact]
    public void Given_an_event_then_the_right_that_it_needs_is_asked_for()
    {
        var manifest = Read(Everything);
        var scopes = Find(manifest, "oauth_config.scopes.bot[]").Select(scope => scope.GetString()!).ToHashSet();
        Assert.All(Events(manifest), happening => Assert.True(NeededFor(happening) is not { } scope || scopes.Contains(scope), $"{happening} needs {NeededFor(happening)}"));
    }

    [Theory]
    [InlineData("", "/patchbot", "Name")]
    [InlineData("A name that is longer than what Slack takes", "/patchbot", "Name")]
    [InlineData("Two\nlines", "/patchbot", "Name")]
    [InlineData("PatchBot", "patchbot", "Command")]
    [InlineData("PatchBot", "/Patch", "Command")]
    [InlineData("PatchBot", "/a-command-that-is-longer-than-32-", "Command")]
    public void Given_what_Slack_would_refuse_then_there_is_no_manifest_and_the_fault_is_named(string name, string command, string fault)
    {
        var app = OverSockets with { Name = name, Command = command };
        Assert.Equal(fault, Assert.Single(app.Faults()).Key);
        Assert.Throws<InvalidOperationException>(app.ToJson);
    }

    [Fact]
    public void Given_an_app_without_the_address_that_it_needs_then_that_is_the_fault()
    {
        Assert.Equal("Url", Assert.Single((OverHttp with { Url = null }).Faults()).Key);
        Assert.Equal("Url", Assert.Single((OverHttp with { Url = new("http://patchbot.example.com") }).Faults()).Key);
        Assert.Equal("Url", Assert.Single((OverHttp with { Url = new("https://example.com/patchbot") }).Faults()).Key);
        Assert.Equal("Url", Assert.Single((OverSockets with { ForOAuth = true }).Faults()).Key);
        Assert.Equal("RotatesTokens", Assert.Single((OverHttp with { RotatesTokens = true }).Faults()).Key);
        Assert.Equal("BackgroundColor", Assert.Single((OverHttp with { BackgroundColor = "blue" }).Faults()).Key);
    }

    [Theory, MemberData(nameof(Apps))]
    public void Given_YAML_then_it_holds_what_the_JSON_holds(string app)
    {
        var yaml = App(app).ToYaml().Split('\n');
        var json = App(app).ToJson().Split('\n');

        // Every member and every entry has its line in both.
        Assert.Equal(
            json.Select(line => line.Trim().TrimEnd(',')).Where(line => line.Length > 0 && line is not ("{" or "}" or "[" or "]")).Select(line => Regex.Replace(line, "^\"([a-z_]+)\":", "$1:").TrimEnd('{', '[').Trim()),
            yaml.Select(line => Regex.Replace(line, "^ *(- )?", "")).Where(line => line.Length > 0));
        Assert.All(yaml, line => Assert.Matches("^( *(- )?([a-z_]+:( (\".*\"|true|false))?|\".*\"))?$", line));
    }

    [Fact]
    public void Given_rights_that_were_granted_then_those_that_are_missing_are_named_with_why()
    {
        Assert.Empty(SlackScopes.Missing(SlackScopes.Asked + ",more:than:needed"));
        var missing = Assert.Single(SlackScopes.Missing(SlackScopes.Asked.Replace("files:write", "", StringComparison.Ordinal)));
        Assert.Equal(("files:write", "share a list as a file"), (missing.Name, missing.Why));
    }

    private static SlackApp App(string name) => name switch
    {
        "sockets" => OverSockets,
        "http" => OverHttp,
        "everything" => Everything,
        _ => Everything with { Name = new string('n', 35), Command = "/" + new string('c', 31) },
    };

    private static string? NeededFor(string happening) => happening switch
    {
        "app_mention" => "app_mentions:read",
        "message.channels" => "channels:history",
        "message.groups" => "groups:history",
        "message.im" => "im:history",
        "message.mpim" => "mpim:history",
        _ when happening.StartsWith("channel_", StringComparison.Ordinal) || happening.StartsWith("member_", StringComparison.Ordinal) => "channels:read",
        _ when happening.StartsWith("group_", StringComparison.Ordinal) => "groups:read",
        _ => null,
    };

    private static HashSet<string> Events(JsonElement manifest) =>
        [.. Find(manifest, "settings.event_subscriptions.bot_events[]").Select(happening => happening.GetString()!)];

    private static JsonElement Read(SlackApp app) => JsonDocument.Parse(app.ToJson()).RootElement;

    private static IEnumerable<JsonElement> Find(JsonElement from, string path)
    {
        IEnumerable<JsonElement> found = [from];
        foreach (var part in path.Split('.'))
        {
            var (name, entries) = (part.Replace("[]", "", StringComparison.Ordinal), part.EndsWith("[]", StringComparison.Ordinal));
            found = found.SelectMany(node => node.TryGetProperty(name, out var member) ? (entries ? member.EnumerateArray() : [member]) : (IEnumerable<JsonElement>)[]);
        }

        return found;
    }
}

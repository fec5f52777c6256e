using System.Net;
using Microsoft.AspNetCore.Http;
using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Slack.Install.OAuth;
using PatchBot.Adapters.Slack.Manifest;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Slack.Install;

/// <summary>A workspace installs the app: begun here, agreed to in Slack, completed once, and kept under seal.</summary>
public sealed class InstallTests : InstallScene
{
    private static readonly Grant Contoso = new("T0CONTOSO", "Contoso");

    [Fact]
    public async Task Given_someone_who_begins_then_the_browser_goes_to_Slack_with_the_rights_the_way_back_and_a_mark()
    {
        var room = await OpenAsync();
        using var answer = await room.GetAsync(SlackPaths.Install);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var query = System.Web.HttpUtility.ParseQueryString(answer.Headers.Location!.Query);
        Assert.Equal("https://slack.com/oauth/v2/authorize", answer.Headers.Location.GetLeftPart(UriPartial.Path));
        Assert.Equal(
            (SlackAccountsStub.ClientId, SlackScopes.Asked, "https://patchbot.example.com/slack/oauth/callback"),
            (query["client_id"], query["scope"], query["redirect_uri"]));
        Assert.Matches("^[0-9a-f]{64}$", query["state"]);
        Assert.DoesNotContain(query["state"]!, await Record.ByHandAsync("SELECT group_concat(state_hash) FROM install_state") as string ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_someone_who_agrees_then_the_workspace_can_be_used_and_the_page_says_what_to_do_next()
    {
        var room = await OpenAsync();
        var page = await room.InstallAsync(Slack, Contoso);
        Assert.Contains("<h1>PatchBot is installed in Contoso</h1>", page, StringComparison.Ordinal);
        Assert.Contains("follow patches of production", page, StringComparison.Ordinal);
        Assert.Contains("https://slack.com/app_redirect?app=A0APP&amp;team=T0CONTOSO", page, StringComparison.Ordinal);

        Assert.Equal(new SlackWorkspace("T0CONTOSO", "Contoso", "U0BOT", "B0BOT", "A0APP", IsOrganisation: false), Assert.Single(await room.Workspaces.ListAsync(Some.Token)));
        Assert.Equal(Assert.Single(Slack.Tokens), await room.Workspaces.TokenAsync("T0CONTOSO", Some.Token));
        Assert.Equal(["slack:T0CONTOSO:U0ADA workspace.installed workspace/slack:T0CONTOSO"], await AuditAsync());
    }

    [Fact]
    public async Task Given_an_installation_then_neither_record_nor_log_nor_page_holds_the_token()
    {
        var room = await OpenAsync();
        var page = await room.InstallAsync(Slack, Contoso);
        var token = Assert.Single(Slack.Tokens);
        Assert.DoesNotContain(token, page, StringComparison.Ordinal);
        Assert.DoesNotContain(token, room.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(SlackAccountsStub.ClientSecret, room.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("xoxb", (string)(await Record.ByHandAsync("SELECT sealed FROM workspace"))!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_key_folder_then_it_is_its_owners_alone()
    {
        var room = await OpenAsync();
        await room.InstallAsync(Slack, Contoso);
        Assert.NotEmpty(Directory.GetFiles(Keys));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Keys));
        }
    }

    [Fact]
    public async Task Given_a_mark_that_came_back_before_then_nothing_is_completed_a_second_time()
    {
        var room = await OpenAsync();
        var state = await room.BeginAsync();
        using var first = await room.ReturnAsync(state, Slack.Agree(Contoso));
        using var second = await room.ReturnAsync(state, Slack.Agree(Contoso));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (first.StatusCode, second.StatusCode));
        Assert.Single(Slack.Calls, call => call == "oauth.v2.access");
    }

    [Fact]
    public async Task Given_a_mark_that_comes_back_too_late_then_nothing_is_completed()
    {
        var room = await OpenAsync();
        var state = await room.BeginAsync();
        Clock.Advance(TimeSpan.FromMinutes(10));
        using var answer = await room.ReturnAsync(state, Slack.Agree(Contoso));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(Slack.Calls);
    }

    [Theory]
    [InlineData("?code=abc")]
    [InlineData("?state=abc&code=abc")]
    [InlineData("?state=a&state=b&code=abc")]
    [InlineData("?error=access_denied")]
    [InlineData("")]
    public async Task Given_what_was_not_begun_here_then_nothing_is_asked_of_Slack(string query)
    {
        var room = await OpenAsync();
        using var answer = await room.GetAsync($"{SlackPaths.Callback}{query}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(Slack.Calls);
    }

    [Fact]
    public async Task Given_a_mark_from_one_process_then_another_may_take_it()
    {
        var (one, other) = (await OpenAsync(), await OpenAsync());
        using var answer = await other.ReturnAsync(await one.BeginAsync(), Slack.Agree(Contoso));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotNull(await one.Workspaces.OfAsync("T0CONTOSO", null, Some.Token));
    }

    [Fact]
    public async Task Given_someone_who_cancels_then_the_page_says_so()
    {
        var room = await OpenAsync();
        using var answer = await room.GetAsync($"{SlackPaths.Callback}?state={await room.BeginAsync()}&error=access_denied");
        Assert.Contains("The installation was cancelled in Slack.", await answer.Content.ReadAsStringAsync(Some.Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_words_from_outside_then_they_are_escaped_and_the_page_may_run_nothing()
    {
        var room = await OpenAsync();
        using var answer = await room.GetAsync($"{SlackPaths.Callback}?state={await room.BeginAsync()}&error=%3Cscript%3Ealert(1)%3C%2Fscript%3E");
        Assert.Contains("&lt;script&gt;", await answer.Content.ReadAsStringAsync(Some.Token), StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(("no-referrer", "no-store"), (answer.Headers.GetValues("Referrer-Policy").Single(), answer.Headers.CacheControl!.ToString()));

        var page = await room.InstallAsync(Slack, new Grant("T0EVIL", "<b>Evil</b>"));
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_workspace_that_is_not_allowed_then_nothing_is_kept_and_the_token_is_given_back()
    {
        var room = await OpenAsync(options => options.AllowedWorkspaces.Add("T0OTHER"));
        using var answer = await room.ReturnAsync(await room.BeginAsync(), Slack.Agree(Contoso));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("T0CONTOSO", await answer.Content.ReadAsStringAsync(Some.Token), StringComparison.Ordinal);
        Assert.Empty(Slack.Tokens);
        Assert.Empty(await room.Workspaces.ListAsync(Some.Token));
    }

    [Fact]
    public async Task Given_an_organisation_that_is_allowed_then_its_workspaces_are_too()
    {
        var room = await OpenAsync(options => options.AllowedWorkspaces.Add("E0CORP"));
        await room.InstallAsync(Slack, new Grant("T0PART", "Part", "E0CORP"));
        Assert.NotNull(await room.Workspaces.OfAsync("T0PART", "E0CORP", Some.Token));
    }

    [Fact]
    public async Task Given_a_code_that_Slack_refuses_then_the_page_says_what_to_do()
    {
        var room = await OpenAsync();
        using var answer = await room.ReturnAsync(await room.BeginAsync(), "code-of-nobody");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("invalid_code", await answer.Content.ReadAsStringAsync(Some.Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_Slack_that_is_away_then_the_page_says_so()
    {
        Slack.Answers["oauth.v2.access"] = http =>
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        };
        var room = await OpenAsync();
        using var answer = await room.ReturnAsync(await room.BeginAsync(), "code");
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
    }

    [Fact]
    public async Task Given_a_record_that_is_away_then_the_page_says_so_and_nothing_is_begun_or_completed()
    {
        var room = await OpenAsync();
        var state = await room.BeginAsync();
        room.Record.IsAway = _ => true;
        using var begun = await room.GetAsync(SlackPaths.Install);
        using var completed = await room.ReturnAsync(state, Slack.Agree(Contoso));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (begun.StatusCode, completed.StatusCode));
        Assert.Empty(Slack.Calls);
    }

    [Fact]
    public async Task Given_somebody_who_begins_again_and_again_then_the_record_is_spared()
    {
        var room = await OpenAsync();
        for (var begun = 0; begun < InstallBrake.AMinute; begun++)
        {
            await room.BeginAsync();
        }

        using var refused = await room.GetAsync(SlackPaths.Install);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await room.BeginAsync();
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Slack.Install;

/// <summary>The one workspace of the settings' token: the bot starts whether or not Slack answers, and finds out by itself.</summary>
public sealed class OneWorkspaceTests : InstallScene
{
    private const string Token = "xoxb-1-thatnobodymaysee";
    private const string Ada = "slack:T0CONTOSO:U0ADA";

    private static readonly Grant Contoso = new("T0CONTOSO", "Contoso", "E0CORP");

    [Fact]
    public async Task Given_a_token_that_Slack_knows_then_its_workspace_is_served_with_it()
    {
        Slack.Know(Token, Contoso);
        await using var watched = await WatchAsync();
        var expected = new SlackWorkspace("T0CONTOSO", "Contoso", "U0BOT", "B0BOT", "A0123", IsOrganisation: false) { Enterprise = "E0CORP" };
        Assert.Equal(expected, await watched.Workspaces.OfAsync("T0CONTOSO", null, Some.Token));
        Assert.Equal([expected], await watched.Workspaces.ListAsync(Some.Token));
        Assert.Equal(Token, await watched.Workspaces.TokenAsync("T0CONTOSO", Some.Token));
        Assert.Null(await watched.Workspaces.OfAsync("T0ELSE", "E0CORP", Some.Token));
        Assert.True((await watched.Room.RefusedAsync("T0ELSE")).Permanent);
        Assert.Contains("workspace Contoso (T0CONTOSO), bot user U0BOT", watched.Room.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, watched.Room.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_token_of_a_whole_organisation_then_all_its_workspaces_are_served()
    {
        Slack.Know(Token, new Grant(null, "Corp", "E0CORP"));
        await using var watched = await WatchAsync();
        Assert.Equal("E0CORP", (await watched.Workspaces.OfAsync("T0ANY", "E0CORP", Some.Token))?.Id);
        Assert.Null(await watched.Workspaces.OfAsync("T0ANY", null, Some.Token));
    }

    [Theory, InlineData(503, "", "503"), InlineData(200, "{}", "something that is not Slack's"), InlineData(200, "<html>", "something that is not Slack's")]
    public async Task Given_a_Slack_that_is_away_then_the_bot_says_so_and_knows_its_workspace_when_it_is_back(int status, string body, string told)
    {
        Slack.Know(Token, Contoso);
        Slack.Answers["auth.test"] = http =>
        {
            http.Response.StatusCode = status;
            return http.Response.WriteAsync(body, Some.Token);
        };
        await using var watched = await WatchAsync(known: false);
        await Eventually.IsAsync(() => watched.Room.Log.Text.Contains($"answered auth.test with {told}", StringComparison.Ordinal), "it is told");
        var refused = await watched.Room.RefusedAsync("T0CONTOSO");
        Assert.False(refused.Permanent);
        var asked = watched.Workspaces.OfAsync("T0CONTOSO", null, Some.Token).AsTask();
        await Eventually.IsAsync(() => Later(asked), "the delivery is told to come again");
        await Assert.ThrowsAsync<RecordUnavailableException>(() => asked);

        Slack.Answers.Clear();
        var known = watched.Workspaces.ListAsync(Some.Token);
        await Eventually.IsAsync(() => Later(known) && watched.Room.Log.Text.Contains("workspace Contoso", StringComparison.Ordinal), "it recovers");
        Assert.Equal(Token, await watched.Workspaces.TokenAsync("T0CONTOSO", Some.Token));

        bool Later(Task task)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            return task.IsCompleted;
        }
    }

    [Fact]
    public async Task Given_a_token_that_Slack_refuses_then_the_admins_are_told_and_it_is_tried_again_rarely()
    {
        await MeetAdaAsync();
        await using var watched = await WatchAsync(known: false);
        await Eventually.IsAsync(() => watched.Room.Log.Text.Contains("Slack refuses Slack:BotToken (invalid_auth).", StringComparison.Ordinal), "it is told");
        await Eventually.IsAsync(() => Posts("token-unknown") == 1, "the admin has a post of it");
        Assert.False((await watched.Room.RefusedAsync("T0CONTOSO")).Permanent);

        Clock.Advance(TimeSpan.FromMinutes(9));
        await Task.Delay(50, Some.Token);
        Assert.Single(Slack.Calls);
        Slack.Know(Token, Contoso);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.IsAsync(() => watched.Room.Log.Text.Contains("workspace Contoso", StringComparison.Ordinal), "it recovers");
        Assert.Equal(Token, await watched.Workspaces.TokenAsync("T0CONTOSO", Some.Token));
    }

    [Fact]
    public async Task Given_a_token_that_is_revoked_while_the_bot_serves_then_it_is_not_used_again_and_the_admins_are_told_once()
    {
        await MeetAdaAsync();
        Slack.Know(Token, Contoso);
        await using var watched = await WatchAsync();
        Slack.Revoke(Token);
        await watched.Workspaces.UnusableAsync("T0CONTOSO", "Slack says that the token was revoked.", Some.Token);
        await watched.Workspaces.UnusableAsync("T0CONTOSO", "Slack says that the token was revoked.", Some.Token);
        await Eventually.IsAsync(() => Slack.Calls.Count == 2, "it is looked again");
        Assert.False((await watched.Room.RefusedAsync("T0CONTOSO")).Permanent);
        Assert.Null(await watched.Workspaces.OfAsync("T0CONTOSO", null, Some.Token));
        Assert.Equal(1, Posts("token-T0CONTOSO"));
    }

    [Fact]
    public async Task Given_an_app_that_is_removed_then_its_channels_stop_and_the_token_is_not_used()
    {
        Slack.Know(Token, Contoso);
        await using var watched = await WatchAsync();
        await WriteAsync(session => session.Channels.SaveAsync(
            new Channel(new("slack", "C1"), "ops", ChannelState.Active) { Address = new ConversationAddress("T0CONTOSO", ConversationKind.Channel).Write() }, Some.Token));
        Slack.Revoke(Token);
        await watched.Workspaces.RemovedAsync("T0CONTOSO", Some.Token);
        Assert.Equal("The app was removed from the workspace.", Assert.Single(await ReadAsync(session => session.Channels.StoppedAsync(Some.Token))).StoppedWhy);
        await watched.Room.RefusedAsync("T0CONTOSO");
    }

    [Fact]
    public async Task Given_a_token_of_a_workspace_that_is_not_allowed_then_it_is_not_served()
    {
        Slack.Know(Token, Contoso);
        await using var watched = await WatchAsync(known: false, allowed: "T0OTHER");
        await Eventually.IsAsync(() => watched.Room.Log.Text.Contains("which Slack:AllowedWorkspaces does not name", StringComparison.Ordinal), "it is told");
        await watched.Room.RefusedAsync("T0CONTOSO");
    }

    private int Posts(string what) =>
        ReadAsync(session => session.Posts.OfSubjectAsync(new SlackAlarm(what).Subject(Some.Noon), Some.Token)).Result.Count;

    private Task<bool> MeetAdaAsync() => WriteAsync(async session =>
    {
        var chat = new ChannelRef("teams", "ada");
        await session.Channels.SaveAsync(new Channel(chat, "Ada", ChannelState.Active), Some.Token);
        await session.People.SaveAsync(new KnownPerson(new PersonId(Ada), "Ada", "", chat), Some.Token);
    });

    private async Task<Watched> WatchAsync(bool known = true, string allowed = "")
    {
        var room = await OpenAsync(
            options =>
            {
                (options.ClientId, options.ClientSecret, options.BotToken, options.AppToken) = ("", "", Token, "xapp-1-A0123-5678-thatnobodymaysee");
                if (allowed.Length > 0)
                {
                    options.AllowedWorkspaces.Add(allowed);
                }
            },
            Ada);
        var watch = new WorkspaceWatch(room.Workspaces);
        await watch.StartAsync(Some.Token);
        if (known)
        {
            await Eventually.IsAsync(() => room.Log.Text.Contains("Slack: workspace", StringComparison.Ordinal), "Slack has said which workspace it is");
        }

        return new Watched(room, watch);
    }

    private sealed record Watched(InstallRoom Room, BackgroundService Watch) : IAsyncDisposable
    {
        public IWorkspaces Workspaces => Room.Workspaces;

        public async ValueTask DisposeAsync()
        {
            await Watch.StopAsync(CancellationToken.None);
            Watch.Dispose();
        }
    }
}

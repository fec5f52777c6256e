using Microsoft.AspNetCore.Http;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Workspaces;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Slack.Install;

/// <summary>Tokens that rotate: renewed ahead of their end, by one process, and recorded before anybody uses them.</summary>
public sealed class TokenRenewalTests : InstallScene
{
    private const string Ada = "slack:T0CONTOSO:U0ADA";

    private static readonly TimeSpan Life = TimeSpan.FromHours(12);
    private static readonly Grant Contoso = new("T0CONTOSO", "Contoso", Rotates: true);

    [Fact]
    public async Task Given_a_token_that_does_not_rotate_then_it_is_never_renewed()
    {
        var room = await OpenAsync();
        await room.InstallAsync(Slack, Contoso with { Rotates = false });
        var token = await TokenAsync(room);
        Clock.Advance(TimeSpan.FromDays(365));
        Assert.Equal(token, await TokenAsync(room));
        Assert.Equal(0, Slack.Refreshed);
    }

    [Fact]
    public async Task Given_the_last_hour_of_a_token_then_it_is_renewed_beside_the_calls()
    {
        var room = await OpenAsync();
        await room.InstallAsync(Slack, Contoso);
        var first = await TokenAsync(room);
        Clock.Advance(Life - TokenRenewal.Ahead - TimeSpan.FromSeconds(1));
        Assert.Equal(first, await TokenAsync(room));
        Assert.Equal(0, Slack.Refreshed);

        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(first, await TokenAsync(room));
        await Eventually.IsAsync(() => Slack.Refreshed == 1, "the token is renewed");
        await Eventually.IsAsync(() => TokenAsync(room).Result != first, "calls use the new one");
        Assert.StartsWith("xoxe.xoxb-", await TokenAsync(room), StringComparison.Ordinal);
        Assert.Equal(1, Slack.Refreshed);
    }

    [Fact]
    public async Task Given_a_token_that_has_ended_then_a_hundred_calls_wait_for_one_renewal()
    {
        var room = await OpenAsync();
        await room.InstallAsync(Slack, Contoso);
        var first = await TokenAsync(room);
        Clock.Advance(Life);
        var tokens = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => TokenAsync(room)));
        Assert.NotEqual(first, Assert.Single(tokens.Distinct()));
        Assert.Equal(1, Slack.Refreshed);
    }

    [Fact]
    public async Task Given_Slack_says_that_a_token_has_expired_then_the_next_call_gets_another()
    {
        var room = await OpenAsync();
        await room.InstallAsync(Slack, Contoso);
        var first = await TokenAsync(room);
        room.Workspaces.Expired("T0CONTOSO", first);
        var second = await TokenAsync(room);
        Assert.NotEqual(first, second);

        // Heard again of the old one, the new one stays.
        room.Workspaces.Expired("T0CONTOSO", first);
        Assert.Equal(second, await TokenAsync(room));
        Assert.Equal(1, Slack.Refreshed);
    }

    [Fact]
    public async Task Given_two_processes_then_one_renews_and_the_other_takes_its_token()
    {
        var (one, other) = (await OpenAsync(), await OpenAsync());
        await one.InstallAsync(Slack, Contoso);
        await TokenAsync(other);
        Clock.Advance(Life);
        var (first, second) = (TokenAsync(one), TokenAsync(other));
        while (!first.IsCompleted || !second.IsCompleted)
        {
            // Who has to wait for the other looks again every second.
            await Task.Delay(20, Some.Token);
            Clock.Advance(TimeSpan.FromMilliseconds(200));
        }

        Assert.Equal(await first, await second);
        Assert.Equal(1, Slack.Refreshed);
    }

    [Fact]
    public async Task Given_a_process_that_died_while_it_renewed_then_another_does_after_a_while()
    {
        var (one, other) = (await OpenAsync(), await OpenAsync());
        await one.InstallAsync(Slack, Contoso);
        Clock.Advance(Life);
        await WriteAsync(async session =>
        {
            var row = await session.Workspaces.FindAsync("slack", "T0CONTOSO", Some.Token);
            var content = one.Get<Seal>().Open("T0CONTOSO", row!.Sealed)!;
            var claimed = one.Get<Seal>().Close("T0CONTOSO", content with { RenewingUntil = Clock.GetUtcNow() + TokenRenewal.Claim });
            Assert.True(await session.Workspaces.TryReplaceAsync(row with { Sealed = claimed }, row.Version, Some.Token));
        });
        var token = TokenAsync(other);
        for (var second = 0; second < TokenRenewal.Claim.TotalSeconds + 2; second++)
        {
            await Task.Delay(30, Some.Token);
            Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.True(second >= TokenRenewal.Claim.TotalSeconds - 2 || Slack.Refreshed == 0, $"after {second} s");
        }

        Assert.StartsWith("xoxe.xoxb-", await token, StringComparison.Ordinal);
        Assert.Equal(1, Slack.Refreshed);
    }

    [Theory, InlineData(503, ""), InlineData(200, "{}")]
    public async Task Given_a_Slack_that_is_away_then_the_token_serves_to_its_end_and_Slack_is_asked_again_after_a_pause(int status, string body)
    {
        var room = await OpenAsync();
        await room.InstallAsync(Slack, Contoso);
        var first = await TokenAsync(room);
        Slack.Answers["oauth.v2.access"] = http =>
        {
            http.Response.StatusCode = status;
            return http.Response.WriteAsync(body, Some.Token);
        };
        Clock.Advance(Life - TokenRenewal.Ahead);
        Assert.Equal(first, await TokenAsync(room));
        await Eventually.IsAsync(() => room.Log.Text.Contains("was not renewed", StringComparison.Ordinal), "the failure is told");
        Assert.Equal(first, await TokenAsync(room));
        Assert.Equal(2, Slack.Calls.Count(call => call == "oauth.v2.access"));

        Slack.Answers.Clear();
        Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(first, await TokenAsync(room));
        await Eventually.IsAsync(() => Slack.Refreshed == 1, "the token is renewed");
    }

    [Fact]
    public async Task Given_a_refresh_token_that_Slack_refuses_then_the_workspace_is_unusable_and_the_admins_are_told_once()
    {
        var (one, other) = (await OpenAsync(admins: Ada), await OpenAsync(admins: Ada));
        await one.InstallAsync(Slack, Contoso);
        await TokenAsync(other);
        var chat = new ChannelRef("slack", "D0ADA");
        await WriteAsync(async session =>
        {
            await session.Channels.SaveAsync(new Channel(chat, "Ada", ChannelState.Active), Some.Token);
            await session.People.SaveAsync(new KnownPerson(new PersonId(Ada), "Ada", "", chat), Some.Token);
        });
        Slack.Answers["oauth.v2.access"] = http => http.Response.WriteAsJsonAsync(new { ok = false, error = "invalid_refresh_token" });
        Clock.Advance(Life);

        Assert.Contains("cannot be renewed: invalid_refresh_token. Install the app there again.", (await one.RefusedAsync("T0CONTOSO")).Message, StringComparison.Ordinal);
        Assert.False((await other.RefusedAsync("T0CONTOSO")).Permanent);
        Assert.Empty(await one.Workspaces.ListAsync(Some.Token));
        Assert.Contains("patchbot:self:bot workspace.unusable workspace/slack:T0CONTOSO", await AuditAsync());

        var subject = SlackAlarm.Unusable("T0CONTOSO").Subject(Clock.GetUtcNow());
        var post = Assert.Single(await ReadAsync(session => session.Posts.OfSubjectAsync(subject, Some.Token)));
        Assert.Equal(chat, post.Channel);
        var card = await ReadAsync(session => one.Get<ICardSource>().DrawAsync(session, subject, chat, Some.Token));
        Assert.Equal("Slack: Contoso cannot be reached", card!.Title);

        // Installed again, the post says so.
        Slack.Answers.Clear();
        await one.InstallAsync(Slack, Contoso);
        Assert.Equal(post.WantedVersion + 1, (await ReadAsync(session => session.Posts.OfSubjectAsync(subject, Some.Token)))[0].WantedVersion);
        Assert.Equal("Slack: Contoso can be reached again", (await ReadAsync(session => one.Get<ICardSource>().DrawAsync(session, subject, chat, Some.Token)))!.Title);
        Assert.StartsWith("xoxe.xoxb-", await TokenAsync(one), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_record_that_goes_away_after_Slack_renewed_then_the_new_pair_is_recorded_when_it_is_back()
    {
        var room = await OpenAsync();
        await room.InstallAsync(Slack, Contoso);
        await TokenAsync(room);
        Clock.Advance(Life);
        room.Record.IsAway = writes => writes && Slack.Refreshed == 1;
        var token = TokenAsync(room);
        await Eventually.IsAsync(() => room.Log.Text.Contains("could not be recorded yet", StringComparison.Ordinal), "it is noticed");
        Assert.False(token.IsCompleted);
        room.Record.IsAway = _ => false;
        await Eventually.IsAsync(() => Advanced(token), "it is recorded");

        Assert.Equal(await token, await TokenAsync(await OpenAsync()));
        Assert.Equal(1, Slack.Refreshed);

        bool Advanced(Task task)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            return task.IsCompleted;
        }
    }

    [Fact]
    public async Task Given_an_installation_anew_while_a_token_is_renewed_then_the_newer_one_stays()
    {
        var (one, other) = (await OpenAsync(), await OpenAsync());
        await one.InstallAsync(Slack, Contoso);
        await TokenAsync(one);
        Clock.Advance(Life);
        one.Record.IsAway = writes => writes && Slack.Refreshed == 1;
        var token = TokenAsync(one);
        await Eventually.IsAsync(() => one.Log.Text.Contains("could not be recorded yet", StringComparison.Ordinal), "it is noticed");
        await other.InstallAsync(Slack, Contoso);
        var newest = await TokenAsync(other);
        one.Record.IsAway = _ => false;
        await Eventually.IsAsync(
            () =>
            {
                Clock.Advance(TimeSpan.FromSeconds(1));
                return token.IsCompleted;
            },
            "the renewal ends");
        Assert.Equal(newest, await token);
        Assert.Equal(newest, await TokenAsync(other));
        Assert.Equal(WorkspaceState.Active, (await ReadAsync(session => session.Workspaces.FindAsync("slack", "T0CONTOSO", Some.Token)))!.State);
    }

    private static Task<string> TokenAsync(InstallRoom room) => room.Workspaces.TokenAsync("T0CONTOSO", Some.Token).AsTask();
}

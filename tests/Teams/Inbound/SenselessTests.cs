using System.Text.Json.Nodes;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using static PatchBot.Tests.Teams.Inbound.TeamsRoom;

namespace PatchBot.Tests.Teams.Inbound;

/// <summary>Activities that come as Teams would not send them, and happenings while the database is away.</summary>
public sealed class SenselessTests
{
    [Fact]
    public async Task Given_nothing_among_the_entities_and_members_then_the_rest_counts()
    {
        await using var room = await StartAsync();
        await room.InstallAsync();
        var card = await room.ReleaseAsync();
        var message = Activities.Message(Erin, "pass on hv-lab-02", card, mention: true);
        message["entities"]!.AsArray().Insert(0, null);
        Assert.Equal(200, (await room.PostAsync(message)).Status);
        Assert.Single(await ResultsAsync(room));

        var joined = Activities.TeamEvent("teamMemberAdded");
        joined["membersAdded"] = new JsonArray(null, new JsonObject { ["id"] = null });
        Assert.Equal(200, (await room.PostAsync(joined)).Status);
    }

    [Theory]
    [InlineData("""{"action":{"\ud83d":1,"type":"Action.Execute","verb":"patchbot.press","data":{}}}""")]
    [InlineData("""{"action":{"type":"\ud83d","verb":"patchbot.press","data":{}}}""")]
    [InlineData("""{"action":{"type":"Action.Execute","verb":"\ud83d","data":{"\ud83d":1,"patchbot":{"action":"a/1"}}}}""")]
    [InlineData("""{"action":{"type":"Action.Execute","verb":"patchbot.press","data":{"patchbot":{"\ud83d":1,"action":"\ud83d"},"in.\ud83d":"x","in.a":"\ud83d"}}}""")]
    [InlineData("""{"\ud83d":1,"data":{"patchbot":{"form":{"inputs":[{"id":"x"}]}}}}""")]
    public async Task Given_half_a_surrogate_pair_in_a_press_then_it_is_none_of_the_bots(string value)
    {
        await using var room = await StartAsync();
        await room.InstallAsync();
        foreach (var name in (string[])["adaptiveCard/action", "task/fetch", "task/submit"])
        {
            var call = Activities.Execute(Erin, "1", "a/1");
            call["name"] = name;
            var written = call.ToJsonString().Replace(call["value"]!.ToJsonString(), value, StringComparison.Ordinal);
            Assert.Equal(200, (await room.PostAsync(written)).Status);
        }
    }

    [Theory, InlineData("from"), InlineData("recipient"), InlineData("team"), InlineData("service")]
    public async Task Given_an_address_that_cannot_be_kept_then_it_is_left_alone(string part)
    {
        await using var room = await StartAsync();
        var long_ = new string('é', 500);
        foreach (var activity in (JsonObject[])[Activities.Message(Erin, "status", mention: true), Activities.Installed()])
        {
            switch (part)
            {
                case "team":
                    activity["channelData"]!["team"]!["id"] = long_;
                    break;
                case "service":
                    activity["serviceUrl"] = $"https://smba.trafficmanager.net/{long_}";
                    break;
                default:
                    activity[part]!["id"] = long_;
                    break;
            }

            Assert.Equal(200, (await room.PostAsync(activity)).Status);
        }

        if (part != "from")
        {
            Assert.Empty(await room.Record.ReadAsync((session, token) => session.Channels.ListAsync("teams", token), PatchBot.Tests.Support.Some.Token));
        }
    }

    [Fact]
    public async Task Given_the_database_is_away_while_the_bot_is_installed_then_teams_may_say_it_again()
    {
        await using var room = await StartAsync(new UnavailableRecord());
        Assert.Equal(503, (await room.PostAsync(Activities.Installed())).Status);
    }

    private static Task<IReadOnlyList<LabResult>> ResultsAsync(TeamsRoom room) =>
        room.Record.ReadAsync((session, token) => session.Lab.StandingAsync([new PatchId("KB5032196")], token), PatchBot.Tests.Support.Some.Token);
}

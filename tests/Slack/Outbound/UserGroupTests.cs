using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Core.People;
using PatchBot.Core.Windows;
using PatchBot.Tests.Slack.Outbound.Stub;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Slack.Outbound;

/// <summary>Members of a user group may what the settings let the group.</summary>
public sealed class UserGroupTests
{
    private static readonly PersonId Group = PersonId.Of("slack", "T1", "S0APPROVERS");
    private static readonly PersonId Ana = PersonId.Of("slack", "T1", "U1");
    private static readonly Ring Ring = Some.Ring() with { Approvers = new HashSet<PersonId> { Group } };

    private readonly FakeTimeProvider clock = new(Some.Noon);

    [Fact]
    public async Task Given_a_group_among_the_approvers_then_its_members_may_approve_and_nobody_else()
    {
        await using var slack = await SlackOnStub.StartAsync(clock);
        using var groups = Groups(slack);
        var roles = new SettingsRoles(Options.Create(new PeopleOptions()), groups);
        Assert.False(roles.IsApprover(Human.Alone(Ana), Ring));

        await groups.ReadAsync(Some.Token);
        Assert.True(roles.IsApprover(Human.Alone(Ana), Ring));
        Assert.False(roles.IsApprover(Human.Alone(PersonId.Of("slack", "T1", "U9")), Ring) || roles.IsApprover(Human.Alone(PersonId.Of("slack", "T2", "U1")), Ring)
            || roles.IsApprover(Human.Alone(PersonId.Of("teams", "T1", "U1")), Ring) || roles.IsAdmin(Human.Alone(Ana)) || roles.IsApprover(Human.Alone(Ana), Some.Ring()));
    }

    [Fact]
    public async Task Given_groups_among_engineers_and_admins_then_the_same_holds()
    {
        await using var slack = await SlackOnStub.StartAsync(clock);
        var people = new PeopleOptions { Engineers = [Group.Value], Admins = ["slack:T2:S0ADMINS", "*"] };
        using var groups = Groups(slack, people);
        await groups.ReadAsync(Some.Token);
        var roles = new SettingsRoles(Options.Create(people), groups);
        Assert.True(roles.IsEngineer(Human.Alone(Ana)) && roles.IsAdmin(Human.Alone(PersonId.Of("slack", "T2", "U1"))));
        Assert.False(roles.IsAdmin(Human.Alone(Ana)) || roles.IsEngineer(Human.Alone(PersonId.Of("slack", "T1", "U9"))));
    }

    [Fact]
    public async Task Given_a_group_that_changes_then_that_counts_within_minutes()
    {
        await using var slack = await SlackOnStub.StartAsync(clock);
        using var groups = Groups(slack);
        await groups.StartAsync(Some.Token);
        await UntilAsync(() => groups.Holds(Group, Ana));

        slack.Stub.Answers.GroupMembers = ["U2"];
        clock.Advance(UserGroups.ReadEvery);
        await UntilAsync(() => !groups.Holds(Group, Ana));
        Assert.True(groups.Holds(Group, PersonId.Of("slack", "T1", "U2")));
        await groups.StopAsync(Some.Token);
    }

    [Fact]
    public async Task Given_a_group_that_cannot_be_read_then_its_members_count_for_an_hour_and_then_nobody_does()
    {
        await using var slack = await SlackOnStub.StartAsync(clock);
        using var groups = Groups(slack);
        await groups.ReadAsync(Some.Token);
        slack.Stub.Refusal = _ => (200, SlackStub.Error("missing_scope"));
        clock.Advance(UserGroups.GoodFor);
        await groups.ReadAsync(Some.Token);
        Assert.True(groups.Holds(Group, Ana));

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(groups.Holds(Group, Ana));
        slack.Stub.Refusal = _ => null;
        await groups.ReadAsync(Some.Token);
        Assert.True(groups.Holds(Group, Ana));
    }

    [Fact]
    public async Task Given_a_workspace_without_the_app_then_its_group_holds_nobody()
    {
        await using var slack = await SlackOnStub.StartAsync(clock);
        using var groups = Groups(slack);
        await groups.ReadAsync(Some.Token);
        await slack.Workspaces.RemovedAsync("T1", Some.Token);
        await groups.ReadAsync(Some.Token);
        Assert.False(groups.Holds(Group, Ana));
    }

    private UserGroups Groups(SlackOnStub slack, PeopleOptions? people = null) => new(
        slack.Api, slack.Workspaces, new Rings([Ring]), Options.Create(people ?? new PeopleOptions()), clock, NullLogger<UserGroups>.Instance);

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Delay(10, Some.Token);
        }
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using PatchBot.Core.People;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.People;

public sealed class SettingsRolesTests
{
    [Fact]
    public void Given_nobody_is_named_then_nobody_may()
    {
        var roles = new SettingsRoles(Options.Create(new PeopleOptions()));
        var ring = Some.Ring() with { Approvers = new HashSet<PersonId>() };
        Assert.False(roles.IsEngineer(Human.Alone(Some.Engineer.Id)) || roles.IsAdmin(Human.Alone(Some.Engineer.Id)) || roles.IsApprover(Human.Alone(Some.Manager.Id), ring));
    }

    [Fact]
    public void Given_named_people_then_only_they_may_and_admins_may_what_engineers_do()
    {
        var roles = new SettingsRoles(Options.Create(new PeopleOptions { Engineers = [Some.Engineer.Id.Value], Admins = [Chat.Admin.Id.Value] }));
        Assert.True(roles.IsEngineer(Human.Alone(Some.Engineer.Id)) && roles.IsEngineer(Human.Alone(Chat.Admin.Id)) && roles.IsAdmin(Human.Alone(Chat.Admin.Id)));
        Assert.False(roles.IsAdmin(Human.Alone(Some.Engineer.Id)) || roles.IsEngineer(Human.Alone(Some.Manager.Id)) || roles.IsApprover(Human.Alone(Chat.Admin.Id), Some.Ring()));
        Assert.True(roles.IsApprover(Human.Alone(Some.Manager.Id), Some.Ring()));
    }

    [Fact]
    public void Given_everyone_is_an_engineer_then_nobody_becomes_more_by_it()
    {
        var roles = new SettingsRoles(Options.Create(new PeopleOptions { Engineers = ["*"], Admins = ["*"] }));
        Assert.True(roles.IsEngineer(Human.Alone(Some.Outsider.Id)));
        Assert.False(roles.IsAdmin(Human.Alone(Some.Outsider.Id)) || roles.IsApprover(Human.Alone(Some.Outsider.Id), Some.Ring()));
    }

    [Theory, InlineData("erin"), InlineData("webchat:local"), InlineData("webchat:local:erin "), InlineData("Erin Engineer"), InlineData("")]
    public void Given_a_name_that_is_no_id_then_the_settings_are_at_fault(string name)
    {
        var options = new PeopleOptions { Engineers = [name], Admins = [name, "*"] };
        Assert.Equal(["Engineers", "Admins", "Admins"], options.Validate(new ValidationContext(options)).Select(fault => fault.MemberNames.Single()));
    }
}

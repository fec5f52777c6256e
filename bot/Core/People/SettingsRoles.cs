using Microsoft.Extensions.Options;
using PatchBot.Core.Windows;

namespace PatchBot.Core.People;

/// <summary>Roles as the settings name them. A name that is not listed may not.</summary>
public sealed class SettingsRoles(IOptions<PeopleOptions> options) : IRoles
{
    private readonly HashSet<string> engineers = [.. options.Value.Engineers];
    private readonly HashSet<string> admins = [.. options.Value.Admins];

    public bool IsEngineer(PersonId person) => engineers.Contains(PeopleOptions.Everyone) || engineers.Contains(person.Value) || IsAdmin(person);

    public bool IsAdmin(PersonId person) => admins.Contains(person.Value);

    public bool IsApprover(PersonId person, Ring ring) => ring.Approvers.Contains(person);
}

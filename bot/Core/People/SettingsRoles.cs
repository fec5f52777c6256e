using Microsoft.Extensions.Options;
using PatchBot.Core.Windows;

namespace PatchBot.Core.People;

/// <summary>Roles as the settings name them. A name that is not listed may not.</summary>
public sealed class SettingsRoles(IOptions<PeopleOptions> options) : IRoles
{
    private readonly HashSet<string> engineers = [.. options.Value.Engineers];
    private readonly HashSet<string> admins = [.. options.Value.Admins];

    public bool IsEngineer(Human human) => engineers.Contains(PeopleOptions.Everyone) || Any(human, engineers) || IsAdmin(human);

    public bool IsAdmin(Human human) => Any(human, admins);

    public bool IsApprover(Human human, Ring ring) => human.Identities.Any(ring.Approvers.Contains);

    private static bool Any(Human human, HashSet<string> named) => human.Identities.Any(person => named.Contains(person.Value));
}

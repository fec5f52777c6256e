using Microsoft.Extensions.Options;
using PatchBot.Core.Windows;

namespace PatchBot.Core.People;

/// <summary>Roles as the settings name them, by the person's id or by a group's that holds the person. Who is not named may not.</summary>
public sealed class SettingsRoles(IOptions<PeopleOptions> options, params IEnumerable<IPersonGroups> groups) : IRoles
{
    private readonly bool everyone = options.Value.Engineers.Contains(PeopleOptions.Everyone);
    private readonly HashSet<PersonId> engineers = [.. Named(options.Value.Engineers)];
    private readonly HashSet<PersonId> admins = [.. Named(options.Value.Admins)];

    public bool IsEngineer(Human human) => everyone || AnyIn(engineers, human) || IsAdmin(human);

    public bool IsAdmin(Human human) => AnyIn(admins, human);

    public bool IsApprover(Human human, Ring ring) => AnyIn(ring.Approvers, human);

    private bool AnyIn(IReadOnlySet<PersonId> named, Human human) => human.Identities.Any(person => IsAmong(named, person));

    private bool IsAmong(IReadOnlySet<PersonId> named, PersonId person) =>
        named.Contains(person) || groups.Any(kept => named.Any(group => kept.Holds(group, person)));

    private static IEnumerable<PersonId> Named(IEnumerable<string> people) => people.Where(PersonId.IsOne).Select(person => new PersonId(person));
}

namespace PatchBot.Core.People;

/// <summary>One human, by every identity that chat platforms know them by.</summary>
/// <param name="Id">The same for all of them; who has a single identity goes by that.</param>
/// <param name="Identities">At least one.</param>
public sealed record Human(string Id, IReadOnlyList<PersonId> Identities)
{
    public static Human Alone(PersonId person) => new(person.Value, [person]);

    public bool Is(PersonId person) => Identities.Contains(person);
}

namespace PatchBot.Core.People.Links;

/// <summary>Who of some people is one human with whom, as the record says now.</summary>
public sealed class Humans
{
    private readonly Dictionary<PersonId, Human> known;

    private Humans(Dictionary<PersonId, Human> known) => this.known = known;

    /// <summary>Everyone is one alone.</summary>
    public static Humans Unlinked { get; } = new([]);

    public static Humans Of(IReadOnlyCollection<IdentityLink> links)
    {
        // Mostly nobody is linked, and every press asks.
        if (links.Count == 0)
        {
            return Unlinked;
        }

        var known = new Dictionary<PersonId, Human>();
        foreach (var identities in links.ToLookup(link => link.Human, link => link.Person.Id))
        {
            var human = new Human(identities.Key, [.. identities.Distinct()]);
            foreach (var identity in human.Identities)
            {
                known[identity] = human;
            }
        }

        return new Humans(known);
    }

    public Human Of(PersonId person) => known.GetValueOrDefault(person) ?? Human.Alone(person);
}

public static class HumanQuestions
{
    extension(ILinkStore links)
    {
        public async Task<Human> HumanAsync(PersonId person, CancellationToken cancellationToken) =>
            Humans.Of(await links.OfAsync([person], cancellationToken)).Of(person);

        /// <summary>For people who are compared with each other; one alone needs no asking.</summary>
        public async Task<Humans> AmongAsync(IEnumerable<PersonId> people, CancellationToken cancellationToken)
        {
            var asked = people.ToHashSet();
            return asked.Count < 2 ? Humans.Unlinked : Humans.Of(await links.OfAsync(asked, cancellationToken));
        }
    }
}

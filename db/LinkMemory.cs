using PatchBot.Core.People;
using PatchBot.Core.People.Links;

namespace PatchBot.Db;

/// <summary>Links that were read, by the person who was asked about; most have none, which is remembered too. See <see cref="Memory"/>.</summary>
internal sealed class LinkMemory
{
    private readonly Dictionary<PersonId, IReadOnlyList<IdentityLink>> known = [];

    public int Count => known.Count;

    public IReadOnlyList<PersonId> Unknown(IReadOnlyCollection<PersonId> people)
    {
        List<PersonId>? unknown = null;
        foreach (var person in people)
        {
            if (!known.ContainsKey(person) && unknown?.Contains(person) != true)
            {
                (unknown ??= []).Add(person);
            }
        }

        return unknown ?? [];
    }

    public void Set(PersonId person, IReadOnlyList<IdentityLink> links) => known[person] = links;

    public IReadOnlyList<IdentityLink> Of(IReadOnlyCollection<PersonId> people)
    {
        Dictionary<PersonId, IdentityLink>? found = null;
        foreach (var person in people)
        {
            foreach (var link in known[person])
            {
                (found ??= [])[link.Person.Id] = link;
            }
        }

        return found is null ? [] : [.. found.Values];
    }

    public void Forget() => known.Clear();
}

using PatchBot.Core.People;
using PatchBot.Core.People.Links;

namespace PatchBot.Db;

/// <summary>Links that were read, by the person who was asked about; most have none, which is remembered too. See <see cref="Memory"/>.</summary>
internal sealed class LinkMemory
{
    private readonly Dictionary<PersonId, IReadOnlyList<IdentityLink>> known = [];

    public int Count => known.Count;

    public IReadOnlyList<PersonId> Unknown(IEnumerable<PersonId> people) => [.. people.Where(person => !known.ContainsKey(person))];

    public void Set(PersonId person, IReadOnlyList<IdentityLink> links) => known[person] = links;

    public IReadOnlyList<IdentityLink> Of(IEnumerable<PersonId> people) =>
        [.. people.SelectMany(person => known[person]).DistinctBy(link => link.Person.Id)];

    public void Forget() => known.Clear();
}

using PatchBot.Core.People;
using PatchBot.Core.People.Links;

namespace PatchBot.Tests.Support;

/// <summary>Links in memory.</summary>
internal sealed class MemoryLinks : ILinkStore
{
    private readonly List<IdentityLink> links = [];

    public Task<IReadOnlyList<IdentityLink>> OfAsync(IReadOnlyCollection<PersonId> people, CancellationToken cancellationToken)
    {
        var humans = links.Where(link => people.Contains(link.Person.Id)).Select(link => link.Human).ToHashSet();
        return Task.FromResult<IReadOnlyList<IdentityLink>>([.. links.Where(link => humans.Contains(link.Human))]);
    }

    public Task<IReadOnlyList<IdentityLink>> OfHumanAsync(string human, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<IdentityLink>>([.. links.Where(link => link.Human == human)]);

    public async Task SaveAsync(IdentityLink link, CancellationToken cancellationToken)
    {
        await RemoveAsync(link.Person.Id, cancellationToken);
        links.Add(link);
    }

    public Task<bool> RemoveAsync(PersonId person, CancellationToken cancellationToken) =>
        Task.FromResult(links.RemoveAll(link => link.Person.Id == person) > 0);
}

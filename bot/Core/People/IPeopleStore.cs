using PatchBot.Core.Delivery;

namespace PatchBot.Core.People;

/// <summary>Someone whom a platform has shown to the bot, and how to reach them there.</summary>
/// <param name="Address">In the adapter's own words; at most 1,000 characters.</param>
/// <param name="Direct">The chat with the person alone, once it is open.</param>
public sealed record KnownPerson(PersonId Id, string Name, string Address, ChannelRef? Direct = null);

/// <summary>Remembers people as platforms show them. It authorises nobody: that is <see cref="IRoles"/>'s matter.</summary>
public interface IPeopleStore
{
    /// <summary>Adds the person, or replaces name and address; a chat that is open stays unless another is given.</summary>
    Task SaveAsync(KnownPerson person, CancellationToken cancellationToken);

    /// <returns>Those who are known, in no particular order.</returns>
    Task<IReadOnlyList<KnownPerson>> FindAsync(IReadOnlyCollection<PersonId> people, CancellationToken cancellationToken);
}

namespace PatchBot.Core.People.Links;

/// <summary>Which identities are one human's. People are bound by it in all that they do, so it changes only by their own word or an admin's.</summary>
public interface ILinkStore
{
    /// <returns>The links of these people and of every other identity of the same humans, in no order; none for who is one alone.</returns>
    Task<IReadOnlyList<IdentityLink>> OfAsync(IReadOnlyCollection<PersonId> people, CancellationToken cancellationToken);

    /// <returns>The identities of one human, oldest link first; none when they were unlinked.</returns>
    Task<IReadOnlyList<IdentityLink>> OfHumanAsync(string human, CancellationToken cancellationToken);

    /// <summary>Adds the link, or puts another in the place of the one that the person has.</summary>
    Task SaveAsync(IdentityLink link, CancellationToken cancellationToken);

    /// <returns><see langword="false"/> when the person has no link.</returns>
    Task<bool> RemoveAsync(PersonId person, CancellationToken cancellationToken);
}

/// <summary>One-time codes by which a person links their identities, and the wrong ones that were tried.</summary>
public interface ILinkCodeStore
{
    Task AddAsync(LinkCode code, CancellationToken cancellationToken);

    /// <summary>Takes a code, whoever says it: it is gone then.</summary>
    /// <returns><see langword="null"/> when there is no such code, or it was taken; one that has expired is returned.</returns>
    Task<LinkCode?> TakeAsync(string hash, CancellationToken cancellationToken);

    /// <summary>Codes that a person began with are worth nothing from now on.</summary>
    Task ForgetAsync(PersonId begunBy, CancellationToken cancellationToken);

    /// <summary>The person said a code that is none.</summary>
    Task AddGuessAsync(PersonId person, DateTimeOffset at, CancellationToken cancellationToken);

    /// <returns>How many wrong codes the person has said since then.</returns>
    Task<int> GuessesAsync(PersonId person, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Forgets codes that expired, and guesses that were made, before <paramref name="before"/>.</summary>
    Task PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken);
}

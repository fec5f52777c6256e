namespace PatchBot.Core.Workspaces;

/// <summary>Where the bot is installed. One row a workspace; its version keeps two replicas that refresh one token apart.</summary>
public interface IWorkspaceStore
{
    /// <summary>Adds the workspace, or replaces it whatever its version: the bot was installed there, again. It is active then.</summary>
    /// <returns>As it is stored, with its version.</returns>
    Task<Workspace> SaveAsync(Workspace workspace, CancellationToken cancellationToken);

    /// <summary>Replaces name and sealed of an active workspace and counts its version up.</summary>
    /// <returns><see langword="false"/> when the stored version is another, or it is not active: nothing was written; read it again.</returns>
    Task<bool> TryReplaceAsync(Workspace workspace, int expectedVersion, CancellationToken cancellationToken);

    Task<Workspace?> FindAsync(string platform, string id, CancellationToken cancellationToken);

    /// <returns>Of one platform, by name.</returns>
    Task<IReadOnlyList<Workspace>> ListAsync(string platform, CancellationToken cancellationToken);

    /// <summary>Its token was refused for good.</summary>
    /// <param name="expectedVersion">The version whose token was refused: another replica may have a newer one by now.</param>
    /// <param name="why">One line of plain text; shortened to 500 characters.</param>
    /// <returns><see langword="false"/> when the stored version is another, or it was unusable before.</returns>
    Task<bool> MarkUnusableAsync(string platform, string id, int expectedVersion, DateTimeOffset at, string why, CancellationToken cancellationToken);

    /// <summary>Forgets the workspace and what was sealed.</summary>
    /// <returns><see langword="false"/> when there is none.</returns>
    Task<bool> RemoveAsync(string platform, string id, CancellationToken cancellationToken);

    /// <summary>An installation was begun; see <see cref="InstallStates"/>.</summary>
    Task AddStateAsync(string hash, DateTimeOffset expiresAt, CancellationToken cancellationToken);

    /// <summary>Takes the state of an installation that came back, exactly once.</summary>
    /// <returns><see langword="false"/> when there is no such state, it was taken before, or it has expired.</returns>
    Task<bool> TryTakeStateAsync(string hash, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Forgets states that expired before <paramref name="before"/>, oldest first: about <paramref name="limit"/>.</summary>
    Task PurgeStatesAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}

namespace PatchBot.Core.Retention;

/// <summary>What can be forgotten without the record losing anything: talk, and posts of windows that are long over.</summary>
public interface IRetentionStore
{
    Task<Purged> CountAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes messages of the web chat that were written before <paramref name="before"/> and show no post that stays. The first
    /// message of a thread stays as long as one of its replies.
    /// </summary>
    /// <returns>How many; less than <paramref name="limit"/> when there are no more.</returns>
    Task<int> PurgeMessagesAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);

    /// <summary>Deletes announcements' posts whose window ended before <paramref name="before"/>; the announcement itself stays.</summary>
    /// <returns>How many; less than <paramref name="limit"/> when there are no more.</returns>
    Task<int> PurgePostsAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}

/// <param name="Messages">Of the web chat.</param>
/// <param name="Posts">Of announcements.</param>
public sealed record Purged(long Messages, long Posts)
{
    public bool IsNothing => Messages + Posts == 0;

    public override string ToString() => $"{Messages} messages of the web chat and {Posts} posts of announcements";
}

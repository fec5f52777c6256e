namespace PatchBot.Core.Audit;

/// <summary>The append-only memory of who did what.</summary>
public interface IAuditLog
{
    /// <summary>Adds the next link of the chain, in the session's transaction.</summary>
    Task AppendAsync(AuditEvent audited, CancellationToken cancellationToken);

    /// <summary>Entries from <paramref name="sequence"/> on, oldest first.</summary>
    Task<IReadOnlyList<AuditEntry>> ReadFromAsync(long sequence, int limit, CancellationToken cancellationToken);

    /// <summary>Sequence and hash of the newest entry as noted beside the chain, so that a cut-off end shows; (0, Genesis) when empty.</summary>
    Task<(long Sequence, string Hash)> HeadAsync(CancellationToken cancellationToken);
}

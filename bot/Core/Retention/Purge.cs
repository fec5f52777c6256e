using PatchBot.Core.Audit;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Core.Retention;

/// <summary>Forgets what is old enough, in many short transactions, so that nobody waits for it.</summary>
public sealed class Purge(IRecord record, TimeProvider clock)
{
    private const int Batch = 500;

    public Task<Purged> CountAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        record.ReadAsync((session, token) => session.Retention.CountAsync(before, token), cancellationToken);

    /// <returns>What was found and is gone now.</returns>
    public async Task<Purged> RunAsync(DateTimeOffset before, PersonId by, CancellationToken cancellationToken)
    {
        var found = await CountAsync(before, cancellationToken);
        if (found.IsNothing)
        {
            return found;
        }

        // Told first: whatever is missing afterwards, the audit says why.
        await record.WriteAsync(
            async (session, token) =>
            {
                await session.Audit.AppendAsync(new AuditEvent(clock.GetUtcNow(), by, "record.purged", "record", $"{found} from before {before:u}", ""), token);
                return true;
            },
            cancellationToken);

        await RepeatAsync((session, token) => session.Retention.PurgeMessagesAsync(before, Batch, token), cancellationToken);
        await RepeatAsync((session, token) => session.Retention.PurgePostsAsync(before, Batch, token), cancellationToken);
        return found;
    }

    private async Task RepeatAsync(Func<IRecordSession, CancellationToken, Task<int>> purge, CancellationToken cancellationToken)
    {
        while (await record.WriteAsync(purge, cancellationToken) >= Batch)
        {
        }
    }
}

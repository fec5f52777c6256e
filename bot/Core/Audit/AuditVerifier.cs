using PatchBot.Core.Record;

namespace PatchBot.Core.Audit;

/// <param name="Fault">Empty when the chain is whole; else what is wrong and at which entry.</param>
public sealed record AuditVerdict(long Entries, string Fault)
{
    public bool IsWhole => Fault.Length == 0;
}

/// <summary>Walks the chain from its first entry and checks every link, and that its end is where it was noted.</summary>
public sealed class AuditVerifier(IRecord record)
{
    private const int Batch = 2000;

    public async Task<AuditVerdict> VerifyAsync(CancellationToken cancellationToken)
    {
        var (sequence, hash) = (0L, AuditEntry.Genesis);
        while (true)
        {
            var from = sequence + 1;
            // The end is read together with the entries, so that a chain that grows meanwhile is not taken for a broken one.
            IReadOnlyList<AuditEntry> entries;
            (long Sequence, string Hash) head;
            try
            {
                (entries, head) = await record.ReadAsync(
                    async (session, token) => (await session.Audit.ReadFromAsync(from, Batch, token), await session.Audit.HeadAsync(token)), cancellationToken);
            }
            catch (Exception fault) when (fault is not (OperationCanceledException or RecordUnavailableException))
            {
                // A row that was changed past the stores may no longer be an entry at all.
                return new AuditVerdict(sequence, $"an entry after entry {sequence}, or the noted end, cannot be read: {fault.Message}");
            }

            foreach (var entry in entries)
            {
                if (entry.Sequence != sequence + 1)
                {
                    return new AuditVerdict(sequence, $"entry {sequence + 1} is missing: the next one is entry {entry.Sequence}");
                }

                if (entry.PreviousHash != hash)
                {
                    return new AuditVerdict(sequence, $"entry {entry.Sequence} does not follow entry {sequence}: its previous hash is another one");
                }

                if (!entry.IsIntact())
                {
                    return new AuditVerdict(sequence, $"entry {entry.Sequence} was changed after it was written: its hash does not match its content");
                }

                (sequence, hash) = (entry.Sequence, entry.Hash);
            }

            if (entries.Count == 0)
            {
                return new AuditVerdict(sequence, Ending(sequence, hash, head));
            }
        }
    }

    private static string Ending(long sequence, string hash, (long Sequence, string Hash) head) =>
        head.Sequence > sequence ? $"the chain ends at entry {sequence}, but entry {head.Sequence} was written: the end was cut off"
        : head != (sequence, hash) ? $"the noted end is entry {head.Sequence}, but the chain ends at entry {sequence}"
        : "";
}

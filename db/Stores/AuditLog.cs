using PatchBot.Core.Audit;
using PatchBot.Core.People;
using PatchBot.Db.Engines;

namespace PatchBot.Db.Stores;

internal sealed class AuditLog(SqlSession sql) : IAuditLog
{
    public async Task AppendAsync(AuditEvent audited, CancellationToken cancellationToken)
    {
        // What is hashed must be what is read back, and the store keeps no NUL.
        audited = audited with
        {
            Subject = Args.Storable(audited.Subject)!,
            Detail = Args.Storable(audited.Detail)!,
            Origin = Args.Storable(audited.Origin)!,
        };
        var (sequence, hash) = sql.Memory.AuditHead is { } last ? (last.Sequence, last.Hash) : await HeadToMoveAsync(cancellationToken);
        var entry = AuditEntry.Follow(sequence + 1, hash, audited);
        await sql.ExecuteAsync(Sql.Append, Columns(entry), cancellationToken);
        await sql.ExecuteAsync(Sql.MoveHead, new Args().Number("sequence", entry.Sequence).Text("hash", entry.Hash, 64), cancellationToken);
        sql.Memory.AuditHead = sql.LastEntry = entry;
    }

    public async Task<IReadOnlyList<AuditEntry>> ReadFromAsync(long sequence, int limit, CancellationToken cancellationToken) =>
        [.. (await sql.ListAsync<EntryRow>(Sql.ReadFrom(sql.Dialect), new Args().Number("sequence", sequence).Number("limit", limit), cancellationToken))
            .Select(row => row.ToEntry())];

    public Task<(long Sequence, string Hash)> HeadAsync(CancellationToken cancellationToken) => ReadHeadAsync(Sql.Head, cancellationToken);

    private Task<(long Sequence, string Hash)> HeadToMoveAsync(CancellationToken cancellationToken) => ReadHeadAsync(Sql.HeadToMove(sql.Dialect), cancellationToken);

    private async Task<(long Sequence, string Hash)> ReadHeadAsync(string statement, CancellationToken cancellationToken) =>
        await sql.FirstAsync<HeadRow>(statement, new Args(), cancellationToken) is { } head
            ? (head.Sequence, head.Hash)
            : throw new InvalidOperationException("The audit's head is missing: someone deleted it. Restore audit_head from a backup.");

    private static Args Columns(AuditEntry entry) => new Args()
        .Number("sequence", entry.Sequence)
        .Instant("happenedAt", entry.Event.At)
        .Text("actor", entry.Event.Actor.Value, PersonId.MaxLength)
        .Text("action", entry.Event.Action, 60)
        .Text("subject", entry.Event.Subject, 200)
        .Text("detail", entry.Event.Detail, 2000)
        .Text("origin", entry.Event.Origin, 600)
        .Text("previousHash", entry.PreviousHash, 64)
        .Text("hash", entry.Hash, 64);

    private sealed class HeadRow
    {
        public long Sequence { get; init; }

        public string Hash { get; init; } = "";
    }

    private sealed class EntryRow
    {
        public long Sequence { get; init; }

        public DateTimeOffset HappenedAt { get; init; }

        public string Actor { get; init; } = "";

        public string Action { get; init; } = "";

        public string Subject { get; init; } = "";

        public string Detail { get; init; } = "";

        public string Origin { get; init; } = "";

        public string PreviousHash { get; init; } = "";

        public string Hash { get; init; } = "";

        public AuditEntry ToEntry() =>
            new(Sequence, new AuditEvent(HappenedAt, new PersonId(Actor), Action, Subject, Detail, Origin), PreviousHash, Hash);
    }

    private static class Sql
    {
        public const string Append = """
            INSERT INTO patchbot.audit_entry (sequence, happened_at, actor, action, subject, detail, origin, previous_hash, hash)
            VALUES (@sequence, @happenedAt, @actor, @action, @subject, @detail, @origin, @previousHash, @hash)
            """;

        // Who only reads it holds nobody up.
        public const string Head = "SELECT sequence, hash FROM patchbot.audit_head WHERE id = 1";

        public const string MoveHead = "UPDATE patchbot.audit_head SET sequence = @sequence, hash = @hash WHERE id = 1";

        // Holding the head makes the chain one line: the next writer waits for it.
        public static string HeadToMove(ISqlDialect dialect) => $"SELECT sequence, hash FROM patchbot.audit_head {dialect.Hold} WHERE id = 1";

        public static string ReadFrom(ISqlDialect dialect) => $"""
            SELECT sequence, happened_at, actor, action, subject, detail, origin, previous_hash, hash
              FROM patchbot.audit_entry
             WHERE sequence >= @sequence
             ORDER BY sequence
             {dialect.Limit}
            """;
    }
}

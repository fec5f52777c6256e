using System.Data;
using System.Data.Common;
using PatchBot.Core.Audit;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Db.Engines;
using PatchBot.Db.Migrations;

namespace PatchBot.Db.Transfer;

/// <summary>
/// Copies the whole record into an empty database, of the same or the other engine: read in one state, written in one
/// transaction, with ids and the audit's chain as they are.
/// </summary>
public sealed class RecordCopy(ISqlEngine source, ISqlEngine target, TimeProvider clock)
{
    /// <param name="by">Who asked for it; the copy's audit remembers.</param>
    /// <param name="tell">Hears of each table that is done.</param>
    /// <exception cref="TransferException">There is something in the target, the source's audit is broken, or a row does not fit.</exception>
    /// <exception cref="MigrationException">One of the databases has another schema than this program.</exception>
    /// <exception cref="RecordUnavailableException">One of the databases cannot be used.</exception>
    public async Task<CopyReport> CopyAsync(PersonId by, Action<string, long> tell, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tell);
        if ((source.Name, source.DisplayName) == (target.Name, target.DisplayName))
        {
            throw new TransferException($"{target.DisplayName} is the database that is to be copied. Name another one.");
        }

        if ((await new Migrator(source, clock).PendingAsync(cancellationToken)).Count > 0)
        {
            throw new TransferException($"The database {source.DisplayName} does not exist or is not up to date. Run first: PatchBot migrate");
        }

        using var original = new Database(source, clock);
        if (await new AuditVerifier(original).VerifyAsync(cancellationToken) is { IsWhole: false } broken)
        {
            throw new TransferException(
                $"The audit of {source.DisplayName} is broken after {broken.Entries} good entries: {broken.Fault}. It would not be believed elsewhere; nothing was copied.");
        }

        await new Migrator(target, clock).ApplyAsync(cancellationToken);
        var (busy, copied) = await CopyAllAsync(by, tell, cancellationToken);
        var (head, _) = await original.ReadAsync((session, token) => session.Audit.HeadAsync(token), cancellationToken);
        return new CopyReport(copied, busy, head - copied);
    }

    private async Task<(bool Busy, long Entries)> CopyAllAsync(PersonId by, Action<string, long> tell, CancellationToken cancellationToken)
    {
        try
        {
            await using var reading = await source.OpenAsync(cancellationToken);
            await using var state = await OneStateAsync(reading, cancellationToken);
            await using var from = new SqlSession(reading, state, source.Dialect, clock, writes: false);
            await using var writing = await target.OpenAsync(cancellationToken);
            await using var transaction = await target.BeginMigrationAsync(writing, cancellationToken);
            await using var to = new SqlSession(writing, transaction, target.Dialect, clock, writes: true);

            var tables = await CopiedTable.ReadAsync(from, source.Schema.ListColumns, to, target.Schema.ListColumns, cancellationToken);
            await RefuseUnlessEmptyAsync(tables, to, cancellationToken);
            var busy = await TableCopy.CountLeasesAsync(from, cancellationToken) > 0;
            var copy = new TableCopy(from, to, target.Schema.GuardsIds);
            var rows = 0L;
            foreach (var table in tables)
            {
                var count = await copy.CopyAsync(table, cancellationToken);
                rows += count;
                tell(table.Name, count);
            }

            var entries = await RememberAsync(new RecordSession(to), rows, by, cancellationToken);
            await target.CommitAsync(transaction);
            return (busy, entries);
        }
        catch (UncertainCommitException fault)
        {
            throw new RecordUnavailableException(
                $"The connection to {target.DisplayName} broke at the very end, so it is not known whether the copy is there. "
                + "Run the same again: a whole copy is refused as not empty, and without one it begins anew.", fault);
        }
        catch (DbException fault)
        {
            throw (target.Explain(fault) ?? source.Explain(fault)) is { } explained
                ? new RecordUnavailableException($"{explained} Nothing was copied.", fault)
                : new TransferException($"Copying failed; nothing was copied. {fault.Message}", fault);
        }
    }

    // Where a server allows no snapshots, its readers hold what they have read instead, and writers wait.
    private async Task<DbTransaction> OneStateAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await source.BeginAsync(connection, writes: false, cancellationToken);
        if (transaction.IsolationLevel != IsolationLevel.ReadCommitted)
        {
            return transaction;
        }

        await transaction.DisposeAsync();
        return await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
    }

    private async Task RefuseUnlessEmptyAsync(IEnumerable<CopiedTable> tables, SqlSession to, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var table in tables)
        {
            if (await TableCopy.CountAsync(to, table, cancellationToken) is > 0 and var count)
            {
                found.Add($"{count} {table.Name}");
            }
        }

        if (found.Count > 0)
        {
            throw new TransferException(
                $"{target.DisplayName} is not empty; it holds {string.Join(", ", found)}. Copy into a new database, one that no bot was started on. Nothing was copied.");
        }
    }

    /// <returns>How many entries came from the source.</returns>
    private async Task<long> RememberAsync(RecordSession copy, long rows, PersonId by, CancellationToken cancellationToken)
    {
        var verdict = await new AuditVerifier(new OpenRecord(copy)).VerifyAsync(cancellationToken);
        if (!verdict.IsWhole)
        {
            throw new TransferException($"The copied audit is broken after {verdict.Entries} good entries: {verdict.Fault}. Nothing was copied.");
        }

        var (sequence, hash) = await copy.Audit.HeadAsync(cancellationToken);
        var detail = AuditEvent.Fit($"{rows} rows from {source.DisplayName}, whose audit ended at entry {sequence} with {hash}");
        await copy.Audit.AppendAsync(new AuditEvent(clock.GetUtcNow(), by, "record.copied", "record", detail, ""), cancellationToken);
        return sequence;
    }

    /// <summary>Looks into a transaction that is not committed yet.</summary>
    private sealed class OpenRecord(IRecordSession session) : IRecord
    {
        public Task<T> WriteAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken) => work(session, cancellationToken);

        public Task<T> ReadAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken) => work(session, cancellationToken);
    }
}

/// <param name="Entries">How many audit entries were copied; the copy has one more, which tells of the copying.</param>
/// <param name="WasBusy">A bot was posting from the source meanwhile.</param>
/// <param name="Missed">Entries that the source's audit has gained since it was read.</param>
public sealed record CopyReport(long Entries, bool WasBusy, long Missed);

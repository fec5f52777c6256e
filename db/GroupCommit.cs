using System.Data.Common;
using System.Runtime.ExceptionServices;
using PatchBot.Core.Audit;
using PatchBot.Core.Record;
using PatchBot.Db.Engines;

namespace PatchBot.Db;

/// <summary>
/// The writer of an engine that takes one at a time. Works that wait while another is at work are run one after the other in
/// the same transaction, each behind a savepoint, and the disk is waited for once for all of them. Nobody hears of a work before
/// the commit that holds it.
/// </summary>
/// <param name="wasCommitted">Whether the transaction that wrote the entry was committed, when its connection broke before the answer.</param>
internal sealed class GroupCommit(ISqlEngine engine, TimeProvider clock, Func<UncertainCommitException, AuditEntry?, Task<bool>> wasCommitted)
{
    /// <summary>The works of one transaction.</summary>
    public const int Most = 200;

    /// <summary>Nobody joins a transaction that has lasted this long.</summary>
    public static readonly TimeSpan Gathers = TimeSpan.FromMilliseconds(20);

    /// <summary>A work that lasts longer must not hold up the commit of those before it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private readonly Lock gate = new();
    private readonly LinkedList<WaitingWrite> line = [];
    private bool atWork;

    public Task<T> RunAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var write = new WaitingWrite<T>(work, cancellationToken);
        write.Watch();
        lock (gate)
        {
            line.AddLast(write);
            if (atWork)
            {
                return write.Task;
            }

            atWork = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static group => _ = group.WorkAsync(), this, preferLocal: false);
        return write.Task;
    }

    private async Task WorkAsync()
    {
        while (Waiting() is > 0 and var waiting)
        {
            var works = new GroupedWorks();
            try
            {
                while (!await Retry.RunAsync(engine, engine.Retries, clock, _ => AttemptAsync(works), CancellationToken.None))
                {
                    // One work cost the others their transaction; they are run again without it.
                }

                works.Ran.ForEach(write => write.Recorded());
            }
#pragma warning disable CA1031 // Everybody who waits must hear of it, whatever it is.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                // Where nothing could be begun, those have waited in vain who were there from the start.
                (works.Begun ? works.Ran : TakeAll(waiting)).ForEach(write => write.Failed(Told(fault)));
            }

            works.Ended.ForEach(ended => ended.Write.Failed(ended.Fault));
        }
    }

    /// <summary>Runs what waits, and commits it.</summary>
    /// <returns><see langword="false"/> when the transaction was lost through one work, which is no longer among the others.</returns>
    private async Task<bool> AttemptAsync(GroupedWorks works)
    {
        var (whole, doubt) = await TransactAsync(works);
        if (doubt is { } uncertain && !await wasCommitted(uncertain.Fault, uncertain.Last))
        {
            throw uncertain.Fault.InnerException!;
        }

        return whole;
    }

    private async Task<(bool Whole, (UncertainCommitException Fault, AuditEntry? Last)? Doubt)> TransactAsync(GroupedWorks works)
    {
        await using var connection = await engine.OpenToWriteAsync(CancellationToken.None);
        await using var transaction = await engine.BeginAsync(connection, writes: true, CancellationToken.None);
        works.Begun = true;

        // Those of an earlier attempt are run again, on what is there now.
        var again = new Queue<WaitingWrite>(works.Ran);
        var (begun, ahead) = (clock.GetTimestamp(), 0);
        AuditEntry? last = null;
        while ((again.TryDequeue(out var write) ? write : Next(works, begun)) is { } next)
        {
            await engine.SaveAsync(transaction);
            await using var sql = Session(connection, transaction, others: ahead > 0);
            if (await FaultOfAsync(next, sql) is { } fault)
            {
                sql.Memory.Forget();
                if (!await UndoAsync(transaction, next, fault, ahead > 0, works))
                {
                    return (false, null);
                }
            }
            else
            {
                await engine.KeepAsync(transaction);
                last = sql.LastEntry ?? last;
                ahead++;
            }
        }

        try
        {
            await engine.CommitAsync(transaction);
            return (true, null);
        }
        catch (UncertainCommitException fault)
        {
            // One entry tells for all works of the transaction.
            return (true, (fault, last));
        }
    }

    private SqlSession Session(DbConnection connection, DbTransaction transaction, bool others)
    {
        var begun = clock.GetTimestamp();
        return new SqlSession(
            connection, transaction, engine.Dialect, clock, writes: true, others ? () => clock.GetElapsedTime(begun) > Patience : null);
    }

    private static async Task<Exception?> FaultOfAsync(WaitingWrite write, SqlSession sql)
    {
        try
        {
            await write.RunAsync(sql);
            return sql.HasSteppedAside ? new SteppedAsideException() : null;
        }
#pragma warning disable CA1031 // Whatever a work throws is its own caller's affair.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return sql.HasSteppedAside ? new SteppedAsideException() : fault;
        }
    }

    /// <returns><see langword="false"/> when more than this work is undone.</returns>
    private async Task<bool> UndoAsync(DbTransaction transaction, WaitingWrite write, Exception fault, bool others, GroupedWorks works)
    {
        var passes = fault is SteppedAsideException || (fault is DbException broken && engine.IsTransient(broken) && !write.IsCancelled);
        if (passes && !others)
        {
            ExceptionDispatchInfo.Throw(fault);
        }

        works.Ran.Remove(write);
        if (passes)
        {
            // It comes next, with nobody before it who would wait for it or be run again because of it.
            works.Closed = true;
            PutBack(write);
        }
        else
        {
            works.Ended.Add((write, Told(fault)));
        }

        try
        {
            await engine.UndoAsync(transaction);
            return true;
        }
        catch (Exception lost) when (lost is DbException or InvalidOperationException)
        {
            // Some faults, such as a full disk, have SQLite undo the whole transaction.
            works.Closed = true;
            return false;
        }
    }

    private int Waiting()
    {
        lock (gate)
        {
            atWork = line.Count > 0;
            return line.Count;
        }
    }

    /// <returns><see langword="null"/> when it is time to commit.</returns>
    private WaitingWrite? Next(GroupedWorks works, long begun)
    {
        lock (gate)
        {
            while (line.First?.Value is { } write && works.TakeOneMore(write.Alone, clock.GetElapsedTime(begun)))
            {
                line.RemoveFirst();
                if (write.TryTake())
                {
                    works.Ran.Add(write);
                    return write;
                }
            }

            return null;
        }
    }

    private void PutBack(WaitingWrite write)
    {
        write.Alone = true;
        lock (gate)
        {
            line.AddFirst(write);
        }
    }

    private List<WaitingWrite> TakeAll(int first)
    {
        lock (gate)
        {
            var taken = new List<WaitingWrite>();
            for (; first > 0 && line.First?.Value is { } write; first--)
            {
                line.RemoveFirst();
                if (write.TryTake())
                {
                    taken.Add(write);
                }
            }

            return taken;
        }
    }

    private Exception Told(Exception fault) => fault switch
    {
        DbException broken when engine.Explain(broken) is { } explanation => new RecordUnavailableException(explanation, broken),
        RecordUnavailableException away => new RecordUnavailableException(away.Message, away),
        _ => fault,
    };
}

using System.Data.Common;
using PatchBot.Core.Record;

namespace PatchBot.Db;

/// <summary>A work that waits for its turn to write, and whoever waits for it.</summary>
internal abstract class WaitingWrite(CancellationToken cancellationToken)
{
    private const int Waits = 0, Taken = 1, GoneAway = 2;

    // A log scope or a trace of one caller must not end up at another's work.
    private readonly ExecutionContext? context = ExecutionContext.Capture();
    private CancellationTokenRegistration registration;
    private int state;

    /// <summary>It took too long for others to wait for its commit.</summary>
    public bool Alone { get; set; }

    /// <summary>Whoever waits may go away, until the work is begun.</summary>
    public void Watch() => registration = cancellationToken.UnsafeRegister(
        static (write, token) => ((WaitingWrite)write!).LeaveAsWaiting(token), this);

    /// <returns><see langword="false"/> when nobody waits for it any more.</returns>
    public bool TryTake()
    {
        if (Interlocked.CompareExchange(ref state, Taken, Waits) == GoneAway)
        {
            return false;
        }

        registration.Dispose();
        return true;
    }

    /// <summary>Runs the work; what it returns is kept for <see cref="Recorded"/>.</summary>
    public Task RunAsync(SqlSession sql)
    {
        if (context is null)
        {
            return WorkAsync(new RecordSession(sql), cancellationToken);
        }

        Task? run = null;
        ExecutionContext.Run(context, _ => run = WorkAsync(new RecordSession(sql), cancellationToken), null);
        return run!;
    }

    public bool IsCancelled => cancellationToken.IsCancellationRequested;

    /// <summary>The work is committed.</summary>
    public abstract void Recorded();

    /// <summary>Nothing of the work is recorded. A driver may report a cancelled statement as a fault of its own.</summary>
    public void Failed(Exception fault)
    {
        if (IsCancelled && fault is OperationCanceledException or RecordUnavailableException { InnerException: DbException } or DbException)
        {
            Cancelled(cancellationToken);
        }
        else
        {
            Faulted(fault);
        }
    }

    protected abstract void Faulted(Exception fault);

    protected abstract Task WorkAsync(IRecordSession session, CancellationToken token);

    protected abstract void Cancelled(CancellationToken token);

    private void LeaveAsWaiting(CancellationToken token)
    {
        if (Interlocked.CompareExchange(ref state, GoneAway, Waits) == Waits)
        {
            Cancelled(token);
        }
    }
}

/// <inheritdoc/>
internal sealed class WaitingWrite<T>(Func<IRecordSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken) : WaitingWrite(cancellationToken)
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    public Task<T> Task => done.Task;

    public override void Recorded() => done.TrySetResult(result!);

    protected override void Faulted(Exception fault) => done.TrySetException(fault);

    protected override async Task WorkAsync(IRecordSession session, CancellationToken token) => result = await work(session, token);

    protected override void Cancelled(CancellationToken token) => done.TrySetCanceled(token);
}

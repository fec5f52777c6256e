using PatchBot.Core.Record;

namespace PatchBot.Host.Health;

/// <summary>
/// The record of a program that serves. It is closed until the schema is right. When the database goes away it says so
/// once, and once when it is back; meanwhile everybody is told at once, and <see cref="Recovery"/> finds out when it is.
/// </summary>
/// <param name="forgetConnections">Closes connections that may lead to what is no longer there.</param>
internal sealed partial class WatchedRecord(IRecord record, Action forgetConnections, TimeProvider clock, ILogger<WatchedRecord> logger) : IRecord, IDisposable
{
    private readonly Lock gate = new();

    private readonly SemaphoreSlim lost = new(0, 1);

    // Cancelled when the database goes away, so that nobody waits in line behind those who found out.
    private CancellationTokenSource line = new();
    private RecordUnavailableException? fault;
    private bool opened;
    private bool readsFail;
    private bool writesFail;
    private DateTimeOffset awaySince;
    private long lastRead;
    private long lastWrite;

    /// <summary>Whether a call may succeed, as far as anybody knows.</summary>
    public bool IsThere
    {
        get
        {
            lock (gate)
            {
                return opened && fault is null;
            }
        }
    }

    public void Dispose()
    {
        line.Dispose();
        lost.Dispose();
    }

    /// <summary>Returns once the database has gone away.</summary>
    public Task WaitLostAsync(CancellationToken cancellationToken) => lost.WaitAsync(cancellationToken);

    /// <summary>Looks, and writes a row that the next purge takes, to see whether the database is back.</summary>
    public async Task<bool> TryReturnAsync(CancellationToken cancellationToken)
    {
        try
        {
            await record.ReadAsync((session, token) => session.Audit.HeadAsync(token), cancellationToken);
            await record.WriteAsync(
                (session, token) => session.Inbox.TryTakeAsync("patchbot", $"back/{Guid.NewGuid():N}", clock.GetUtcNow(), token), cancellationToken);
            Succeeded(writes: true);
            return true;
        }
        catch (RecordUnavailableException found)
        {
            Lose(found, writes: true);
            return false;
        }
    }

    /// <summary>The schema is there: calls are let through from now on.</summary>
    public void Open()
    {
        lock (gate)
        {
            opened = true;
            Return();
        }
    }

    /// <summary>Someone found out past this object.</summary>
    public void Lose(RecordUnavailableException found) => Lose(found, writes: true);

    public Task<T> WriteAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        CallAsync(token => record.WriteAsync(work, token), writes: true, cancellationToken);

    public Task<T> ReadAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        CallAsync(token => record.ReadAsync(work, token), writes: false, cancellationToken);

    private async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, bool writes, CancellationToken cancellationToken)
    {
        var (turnedAway, since) = Enter(writes);
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(turnedAway, cancellationToken);
            var result = await call(either.Token);
            Succeeded(writes);
            return result;
        }
        catch (RecordUnavailableException found)
        {
            if (!SucceededSince(since, writes))
            {
                Lose(found, writes);
            }

            throw;
        }
        catch (OperationCanceledException) when (turnedAway.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // What is cancelled is rolled back, so nothing was recorded here either.
            throw Refusal();
        }
    }

    private (CancellationToken TurnedAway, long Since) Enter(bool writes)
    {
        lock (gate)
        {
            return opened && !readsFail && !(writes && writesFail) ? (line.Token, clock.GetTimestamp()) : throw Refusal();
        }
    }

    private void Succeeded(bool writes)
    {
        lock (gate)
        {
            lastRead = clock.GetTimestamp();
            lastWrite = writes ? lastRead : lastWrite;

            // Reads may go on where writes do not; then only a write shows that all is well.
            if (writes || !writesFail)
            {
                Return();
            }
        }
    }

    // Where another call got through meanwhile, this one met a crowd and not a database that is away.
    private bool SucceededSince(long since, bool writes)
    {
        lock (gate)
        {
            return (writes ? lastWrite : lastRead) > since;
        }
    }

    private void Lose(RecordUnavailableException found, bool writes)
    {
        CancellationTokenSource turnedAway;
        lock (gate)
        {
            if (fault is null)
            {
                awaySince = clock.GetUtcNow();
                LogAway(found.Message);
                if (lost.CurrentCount == 0)
                {
                    lost.Release();
                }
            }

            fault = found;
            readsFail |= !writes;
            writesFail |= writes;
            (turnedAway, line) = (line, new CancellationTokenSource());
        }

        turnedAway.Cancel();
        turnedAway.Dispose();
        forgetConnections();
    }

    private void Return()
    {
        (readsFail, writesFail) = (false, false);
        if (fault is not null)
        {
            fault = null;
            LogBack((clock.GetUtcNow() - awaySince).TotalSeconds);
        }
    }

    private RecordUnavailableException Refusal()
    {
        lock (gate)
        {
            return fault is null
                ? new RecordUnavailableException("The database is not set up yet.", new InvalidOperationException("The record is not open."))
                : new RecordUnavailableException(fault.Message, fault);
        }
    }

    [LoggerMessage(6001, LogLevel.Error, "The database is away, nothing is recorded: {Reason} PatchBot tries again by itself")]
    private partial void LogAway(string reason);

    [LoggerMessage(6002, LogLevel.Information, "The database is back after {Seconds:0} s; what waited goes on")]
    private partial void LogBack(double seconds);
}

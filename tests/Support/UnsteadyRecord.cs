using PatchBot.Core.Record;

namespace PatchBot.Tests.Support;

/// <summary>A record whose database goes away and comes back as a test says.</summary>
internal sealed class UnsteadyRecord(IRecord record) : IRecord
{
    private int refused;

    /// <summary>Asked before every call, with whether it writes.</summary>
    public Func<bool, bool> IsAway { get; set; } = _ => false;

    /// <summary>What every call waits for first.</summary>
    public Func<bool, CancellationToken, Task> Line { get; set; } = (_, _) => Task.CompletedTask;

    public int Refused => refused;

    public static RecordUnavailableException Fault { get; } = new("The disk is gone.", new IOException());

    public Task<T> WriteAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        CallAsync(writes: true, () => record.WriteAsync(work, cancellationToken), cancellationToken);

    public Task<T> ReadAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        CallAsync(writes: false, () => record.ReadAsync(work, cancellationToken), cancellationToken);

    private async Task<T> CallAsync<T>(bool writes, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        await Line(writes, cancellationToken);
        if (IsAway(writes))
        {
            Interlocked.Increment(ref refused);
            throw Fault;
        }

        return await call();
    }
}

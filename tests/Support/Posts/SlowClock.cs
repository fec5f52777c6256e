namespace PatchBot.Tests.Support.Posts;

/// <summary>The computer's clock, but slower: the hiccups of a busy machine shrink against the platform's seconds.</summary>
internal sealed class SlowClock(int times) : TimeProvider
{
    private readonly long began = System.GetTimestamp();
    private readonly DateTimeOffset start = System.GetUtcNow();

    public override long GetTimestamp() => (System.GetTimestamp() - began) / times;

    public override DateTimeOffset GetUtcNow() => start + GetElapsedTime(0);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new SlowTimer(System.CreateTimer(callback, state, Slow(dueTime), Slow(period)), this);

    private TimeSpan Slow(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time * times;

    private sealed class SlowTimer(ITimer timer, SlowClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.Slow(dueTime), clock.Slow(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}

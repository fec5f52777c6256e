namespace PatchBot.Core.Delivery;

/// <summary>
/// Who waits for an answer goes first: while people's turns are under way, the worker that brings cards up to date stands
/// back, for a moment before each post. What they change again meanwhile becomes one edit.
/// </summary>
public sealed class RightOfWay(TimeProvider clock)
{
    /// <summary>
    /// The longest that one post stands back, so that a flood of turns slows the posts and never stops them. Platforms take about
    /// as many in a channel.
    /// </summary>
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);

    /// <summary>How long nobody must have waited: in a burst, one turn ends a little before the next one begins.</summary>
    public static readonly TimeSpan Lull = TimeSpan.FromMilliseconds(10);

    private readonly Lock gate = new();
    private int turns;
    private long? lastEnded;

    public void TurnBegins()
    {
        lock (gate)
        {
            turns++;
        }
    }

    public void TurnEnds()
    {
        lock (gate)
        {
            turns--;
            lastEnded = clock.GetTimestamp();
        }
    }

    /// <summary>Returns once nobody has waited for a turn during a <see cref="Lull"/>, or after a <see cref="Moment"/>.</summary>
    public async Task StandBackAsync(CancellationToken cancellationToken)
    {
        for (var left = Moment; left > TimeSpan.Zero && IsBusy(); left -= Lull)
        {
            await Task.Delay(Lull, clock, cancellationToken);
        }
    }

    private bool IsBusy()
    {
        lock (gate)
        {
            return turns > 0 || (lastEnded is { } last && clock.GetElapsedTime(last) < Lull);
        }
    }
}

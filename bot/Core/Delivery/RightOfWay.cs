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

    private readonly Lock gate = new();
    private int turns;
    private TaskCompletionSource? allEnded;

    public void TurnBegins()
    {
        lock (gate)
        {
            turns++;
            allEnded ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void TurnEnds()
    {
        lock (gate)
        {
            if (--turns == 0)
            {
                allEnded!.SetResult();
                allEnded = null;
            }
        }
    }

    /// <summary>Returns once nobody waits for a turn, or after a <see cref="Moment"/>.</summary>
    public Task StandBackAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return allEnded is null ? Task.CompletedTask : WaitAsync(allEnded.Task, cancellationToken);
        }
    }

    private async Task WaitAsync(Task quiet, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(quiet, Task.Delay(Moment, clock, over.Token));
        await over.CancelAsync();
    }
}

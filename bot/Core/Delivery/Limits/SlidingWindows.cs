namespace PatchBot.Core.Delivery.Limits;

/// <summary>
/// Keeps the calls about one thing (a conversation, a tenant) within a platform's limits as the platform counts them: by
/// arrival, which lies somewhere between sending and the answer. First come, first served.
/// </summary>
/// <param name="transit">
/// The longest that a call takes to arrive. Waiting for slow answers instead would cost more than it saves.
/// </param>
/// <param name="pace">
/// Between one call and the next, where many follow each other: calls that are spread leave room for those that the network
/// delays, and calls that are bunched do not. A few may follow each other at once.
/// </param>
public sealed class SlidingWindows(IReadOnlyList<RateLimit> limits, TimeSpan transit, TimeProvider clock, TimeSpan pace = default)
{
    private const int AtOnce = 4;

    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(1);

    private readonly TimeSpan longest = limits.Max(limit => limit.Span);
    private readonly long began = clock.GetTimestamp();
    private readonly Lock gate = new();
    private readonly List<CallSlot> underway = [];
    private readonly ArrivalLog arrived = new();
    private readonly LinkedList<Waiter> waiting = [];
    private ITimer? timer;
    private TimeSpan silentUntil;
    private TimeSpan inStep;

    /// <summary>Someone calls, waits or is asked to be silent.</summary>
    internal bool IsInUse
    {
        get
        {
            lock (gate)
            {
                return underway.Count > 0 || waiting.Count > 0 || silentUntil > Now;
            }
        }
    }

    private TimeSpan Now => clock.GetElapsedTime(began);

    /// <summary>How long who asks now would wait, at most; nothing is taken.</summary>
    public TimeSpan Ahead()
    {
        lock (gate)
        {
            var now = Now;
            Settle(now);
            return Wait(now, waiting.Count) is { Ticks: > 0 } wait ? wait : TimeSpan.Zero;
        }
    }

    /// <summary>Takes the next free place, after those who asked before.</summary>
    /// <exception cref="DeliveryPostponedException">There is none within <paramref name="patience"/>, or nobody is to call before then.</exception>
    public async Task<CallSlot> EnterAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (gate)
        {
            var now = Now;
            Settle(now);
            var wait = Wait(now, ahead: waiting.Count);
            if (waiting.Count == 0 && wait <= TimeSpan.Zero)
            {
                return Take(now);
            }

            if (wait > patience)
            {
                throw new DeliveryPostponedException(wait);
            }

            waiter = new Waiter();
            waiter.Place = waiting.AddLast(waiter);
            Arm(now);
        }

        using var alarm = new CancellationTokenSource(patience > TimeSpan.Zero ? patience : LeastPause, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(alarm.Token, cancellationToken);
        await using var leaving = either.Token.UnsafeRegister(_ => Leave(waiter), null);
        if (await waiter.Entered.Task is { } slot)
        {
            return slot;
        }

        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            var wait = Wait(Now, ahead: 0);
            throw new DeliveryPostponedException(wait > LeastPause ? wait : LeastPause);
        }
    }

    /// <summary>The platform asked for silence: nobody calls before its end.</summary>
    public void Silence(TimeSpan wait)
    {
        lock (gate)
        {
            var now = Now;
            var until = now + wait;
            silentUntil = until > silentUntil ? until : silentUntil;
            Arm(now);
        }
    }

    internal void Sent(CallSlot slot)
    {
        lock (gate)
        {
            slot.SentAt ??= Now;
            Serve();
        }
    }

    internal void End(CallSlot slot)
    {
        lock (gate)
        {
            if (slot.Done)
            {
                return;
            }

            slot.Done = true;
            underway.Remove(slot);
            if (slot.SentAt is not null)
            {
                arrived.Add(Now);
            }

            Serve();
        }
    }

    private void Leave(Waiter waiter)
    {
        lock (gate)
        {
            if (waiter.Place is { } place)
            {
                waiting.Remove(place);
                waiter.Place = null;
                waiter.Entered.TrySetResult(null);
            }
        }
    }

    private void Serve()
    {
        var now = Now;
        Settle(now);
        while (waiting.First is { Value: var next } && Wait(now, ahead: 0) <= TimeSpan.Zero)
        {
            waiting.RemoveFirst();
            next.Place = null;
            next.Entered.TrySetResult(Take(now));
        }

        Arm(now);
    }

    private CallSlot Take(TimeSpan now)
    {
        inStep = (inStep > now ? inStep : now) + pace;
        var slot = new CallSlot(this);
        underway.Add(slot);
        return slot;
    }

    /// <summary>Calls that have surely arrived by now need not be answered to count; what no window holds any more is forgotten.</summary>
    private void Settle(TimeSpan now)
    {
        for (var at = underway.Count - 1; at >= 0; at--)
        {
            var slot = underway[at];
            if (slot.SentAt is { } sent && sent + transit <= now)
            {
                slot.Done = true;
                underway.RemoveAt(at);
                arrived.Add(sent + transit);
            }
        }

        arrived.ForgetUntil(now - longest);
    }

    /// <summary>How long until there is room, at most, if those ahead call as soon as they may.</summary>
    private TimeSpan Wait(TimeSpan now, int ahead)
    {
        var step = inStep + (ahead - AtOnce) * pace;
        var from = silentUntil > now ? silentUntil : now;
        from = step > from ? step : from;
        foreach (var limit in limits)
        {
            // Whole windows go to those ahead; of the rest it is known when each ends.
            var later = Math.DivRem(ahead, limit.Calls, out var rest) * limit.Span;
            var free = limit.Calls - underway.Count - rest;
            var room = free switch
            {
                <= 0 => (underway[-free].SentAt ?? now) + transit + limit.Span,
                _ when arrived.Count >= free => arrived.FromNewest(free) + limit.Span,
                _ => now,
            };
            from = room + later > from ? room + later : from;
        }

        return from - now;
    }

    private void Arm(TimeSpan now)
    {
        if (waiting.Count == 0)
        {
            return;
        }

        var wait = Wait(now, ahead: 0);
        timer ??= clock.CreateTimer(
            _ =>
            {
                lock (gate)
                {
                    Serve();
                }
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);

        // Timers count whole milliseconds; one that is early would only ask again.
        timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }

    private sealed class Waiter
    {
        public TaskCompletionSource<CallSlot?> Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public LinkedListNode<Waiter>? Place { get; set; }
    }
}

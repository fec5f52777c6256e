using System.Collections.Concurrent;
using System.Diagnostics;
using PatchBot.Cards;
using PatchBot.Core.Conversation;

namespace PatchBot.Benchmarks.Turns;

/// <summary>How a number of turns went.</summary>
/// <param name="Milliseconds">Each turn's time, from when it was due to its committed answer, shortest first.</param>
/// <param name="ProcessorTime">The whole process's.</param>
/// <param name="Recorded">Answers that say so.</param>
internal sealed record TurnTimes(double[] Milliseconds, TimeSpan Took, TimeSpan ProcessorTime, long Commits, int Recorded)
{
    public int Turns => Milliseconds.Length;

    public double At(double share) => Milliseconds[Math.Min(Turns - 1, (int)(share * Turns))];
}

/// <summary>Brings events to the conversation: as many at once as wished, each as soon as another is answered, or at a fixed pace.</summary>
internal sealed class TurnLoad(IConversation conversation, MeteredEngine engine)
{
    public Task<TurnTimes> AtOnceAsync(IReadOnlyList<ChatEvent> events, int atOnce) => MeasureAsync(async done =>
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            for (var n = Interlocked.Increment(ref next); n < events.Count; n = Interlocked.Increment(ref next))
            {
                done.Add(await TurnAsync(events[n], Stopwatch.GetTimestamp()));
            }
        })));
    });

    public Task<TurnTimes> PacedAsync(IReadOnlyList<ChatEvent> events, int perSecond) => MeasureAsync(async done =>
    {
        var started = Stopwatch.GetTimestamp();
        var turns = new List<Task>();
        for (var n = 0; n < events.Count; n++)
        {
            var due = started + n * Stopwatch.Frequency / perSecond;
            while (Stopwatch.GetTimestamp() < due)
            {
                await Task.Delay(1);
            }

            var chatEvent = events[n];
            turns.Add(Task.Run(async () => done.Add(await TurnAsync(chatEvent, due))));
        }

        await Task.WhenAll(turns);
    });

    private async Task<(double Milliseconds, bool Recorded)> TurnAsync(ChatEvent chatEvent, long since)
    {
        var answer = await conversation.HandleAsync(chatEvent, CancellationToken.None);
        return (Stopwatch.GetElapsedTime(since).TotalMilliseconds, answer is NoticeAnswer { Tone: Tone.Good });
    }

    private async Task<TurnTimes> MeasureAsync(Func<ConcurrentBag<(double Milliseconds, bool Recorded)>, Task> drive)
    {
        var done = new ConcurrentBag<(double Milliseconds, bool Recorded)>();
        var (commits, processor, started) = (engine.Commits, Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        await drive(done);
        return new TurnTimes(
            [.. done.Select(turn => turn.Milliseconds).Order()],
            Stopwatch.GetElapsedTime(started),
            Environment.CpuUsage.TotalTime - processor,
            engine.Commits - commits,
            done.Count(turn => turn.Recorded));
    }
}

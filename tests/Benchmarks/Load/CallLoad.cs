using System.Collections.Concurrent;
using System.Diagnostics;

namespace PatchBot.Benchmarks.Load;

/// <summary>Calls one bot over kept connections and measures it: as fast as each is answered, or at a fixed pace.</summary>
/// <param name="endpoint">Where the bot takes the calls.</param>
/// <param name="processorTime">What its process has used of the processors.</param>
internal abstract class CallLoad<TCall>(Uri endpoint, Func<TimeSpan> processorTime)
{
    protected Uri Endpoint => endpoint;

    /// <param name="perSecond">How many calls fall due in a second; <see langword="null"/> for all at once.</param>
    public async Task<CallTimes> RunAsync(List<TCall> calls, int connections, int? perSecond = null)
    {
        var requests = calls.ConvertAll(RequestOf);
        var done = new ConcurrentBag<(double Milliseconds, bool Taken)>();
        var next = -1;
        var (processor, started) = (processorTime(), Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Factory.StartNew(Drive, TaskCreationOptions.LongRunning)));
        var took = Stopwatch.GetElapsedTime(started);
        return new CallTimes([.. done.Select(call => call.Milliseconds).Order()], took, processorTime() - processor, done.Count(call => call.Taken));

        void Drive()
        {
            using var connection = new KeptConnection(endpoint);
            for (var n = Interlocked.Increment(ref next); n < requests.Count; n = Interlocked.Increment(ref next))
            {
                var due = perSecond is { } pace ? AwaitTurn(started + (n * Stopwatch.Frequency / pace)) : Stopwatch.GetTimestamp();
                var taken = IsTaken(connection.Call(requests[n]));
                done.Add((Stopwatch.GetElapsedTime(due).TotalMilliseconds, taken));
            }
        }
    }

    /// <returns>The request as it goes over the wire.</returns>
    protected abstract byte[] RequestOf(TCall call);

    /// <summary>Whether the answer says that it was taken.</summary>
    protected abstract bool IsTaken(ReadOnlySpan<byte> answer);

    private static long AwaitTurn(long due)
    {
        while (Stopwatch.GetTimestamp() < due)
        {
            Thread.Sleep(1);
        }

        return due;
    }
}

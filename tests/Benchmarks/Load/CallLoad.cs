using System.Collections.Concurrent;
using System.Diagnostics;

namespace PatchBot.Benchmarks.Load;

/// <summary>Calls one bot and measures it: as many calls at once as wished, or at a fixed pace.</summary>
/// <param name="processorTime">What its process has used of the processors.</param>
internal abstract class CallLoad<TCall>(Func<TimeSpan> processorTime) : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 });

    public void Dispose() => client.Dispose();

    public Task<CallTimes> AtOnceAsync(List<TCall> calls, int connections) => MeasureAsync(async done =>
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            for (var n = Interlocked.Increment(ref next); n < calls.Count; n = Interlocked.Increment(ref next))
            {
                done.Add(await SendAsync(calls[n], Stopwatch.GetTimestamp()));
            }
        })));
    });

    public Task<CallTimes> PacedAsync(List<TCall> calls, int perSecond) => MeasureAsync(async done =>
    {
        var started = Stopwatch.GetTimestamp();
        var sent = new List<Task>();
        for (var n = 0; n < calls.Count; n++)
        {
            var due = started + n * Stopwatch.Frequency / perSecond;
            while (Stopwatch.GetTimestamp() < due)
            {
                await Task.Delay(1);
            }

            var call = calls[n];
            sent.Add(Task.Run(async () => done.Add(await SendAsync(call, due))));
        }

        await Task.WhenAll(sent);
    });

    private async Task<CallTimes> MeasureAsync(Func<ConcurrentBag<(double Milliseconds, bool Taken)>, Task> drive)
    {
        var done = new ConcurrentBag<(double Milliseconds, bool Taken)>();
        var (processor, started) = (processorTime(), Stopwatch.GetTimestamp());
        await drive(done);
        var took = Stopwatch.GetElapsedTime(started);
        return new CallTimes([.. done.Select(call => call.Milliseconds).Order()], took, processorTime() - processor, done.Count(call => call.Taken));
    }

    protected abstract HttpRequestMessage RequestOf(TCall call);

    /// <summary>Whether the answer says that it was taken.</summary>
    protected abstract bool IsTaken(byte[] answer);

    private async Task<(double Milliseconds, bool Taken)> SendAsync(TCall call, long since)
    {
        using var request = RequestOf(call);
        using var response = await client.SendAsync(request);
        var answer = await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        return (Stopwatch.GetElapsedTime(since).TotalMilliseconds, IsTaken(answer));
    }
}

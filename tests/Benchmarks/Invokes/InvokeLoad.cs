using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace PatchBot.Benchmarks.Invokes;

/// <summary>How a number of invokes went.</summary>
/// <param name="Milliseconds">Each call's time, from when it was due to its answer, shortest first.</param>
/// <param name="ProcessorTime">The called program's; zero where it is not known.</param>
/// <param name="Taken">Answers that say so.</param>
internal sealed record InvokeTimes(double[] Milliseconds, TimeSpan Took, TimeSpan ProcessorTime, int Taken)
{
    public double Rate => Milliseconds.Length / Took.TotalSeconds;

    public double MicrosecondsEach => ProcessorTime.TotalMicroseconds / Milliseconds.Length;

    public string Row(string what, string how) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {what} | {how} | {Rate:N0} | {At(0.5):0.0} ms | {At(0.99):0.0} ms | {(ProcessorTime > TimeSpan.Zero ? $"{MicrosecondsEach:N0} µs" : "")} | {100 * Taken / Milliseconds.Length} % |");

    private double At(double share) => Milliseconds[(int)(share * (Milliseconds.Length - 1))];
}

/// <summary>Calls one bot and measures it: as many calls at once as wished, or at a fixed pace.</summary>
/// <param name="endpoint">Where it takes activities.</param>
/// <param name="processorTime">What its process has used of the processors.</param>
internal sealed class InvokeLoad(Uri endpoint, Func<TimeSpan> processorTime) : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 });

    public void Dispose() => client.Dispose();

    public Task<InvokeTimes> AtOnceAsync(List<byte[]> bodies, int connections) => MeasureAsync(async done =>
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            for (var n = Interlocked.Increment(ref next); n < bodies.Count; n = Interlocked.Increment(ref next))
            {
                done.Add(await SendAsync(bodies[n], Stopwatch.GetTimestamp()));
            }
        })));
    });

    public Task<InvokeTimes> PacedAsync(List<byte[]> bodies, int perSecond) => MeasureAsync(async done =>
    {
        var started = Stopwatch.GetTimestamp();
        var calls = new List<Task>();
        for (var n = 0; n < bodies.Count; n++)
        {
            var due = started + n * Stopwatch.Frequency / perSecond;
            while (Stopwatch.GetTimestamp() < due)
            {
                await Task.Delay(1);
            }

            var body = bodies[n];
            calls.Add(Task.Run(async () => done.Add(await SendAsync(body, due))));
        }

        await Task.WhenAll(calls);
    });

    private async Task<InvokeTimes> MeasureAsync(Func<ConcurrentBag<(double Milliseconds, bool Taken)>, Task> drive)
    {
        var done = new ConcurrentBag<(double Milliseconds, bool Taken)>();
        var (processor, started) = (processorTime(), Stopwatch.GetTimestamp());
        await drive(done);
        var took = Stopwatch.GetElapsedTime(started);
        return new InvokeTimes([.. done.Select(call => call.Milliseconds).Order()], took, processorTime() - processor, done.Count(call => call.Taken));
    }

    private async Task<(double Milliseconds, bool Taken)> SendAsync(byte[] body, long since)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var response = await client.PostAsync(endpoint, content);
        var answer = await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        return (Stopwatch.GetElapsedTime(since).TotalMilliseconds, answer.AsSpan().IndexOf("\"statusCode\":200"u8) >= 0);
    }
}

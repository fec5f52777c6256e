using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using PatchBot.Benchmarks.Invokes;

namespace PatchBot.Benchmarks.Presses;

/// <summary>Calls the bot as Slack does and measures its acknowledgements: as many calls at once as wished, or at a fixed pace.</summary>
internal sealed class PressLoad(ServedBot bot) : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = bot.Address };

    public void Dispose() => client.Dispose();

    /// <returns>A row of the table.</returns>
    public Task<string> AtOnceAsync(string what, List<SignedCall> calls, int connections) => MeasureAsync(what, $"{connections} at once", async done =>
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

    public Task<string> PacedAsync(string what, List<SignedCall> calls, int perSecond) => MeasureAsync(what, $"{perSecond} a second", async done =>
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

    private async Task<string> MeasureAsync(string what, string how, Func<ConcurrentBag<(double Milliseconds, bool Taken)>, Task> drive)
    {
        var done = new ConcurrentBag<(double Milliseconds, bool Taken)>();
        var (processor, started) = (bot.ProcessorTime, Stopwatch.GetTimestamp());
        await drive(done);
        var (took, used) = (Stopwatch.GetElapsedTime(started), bot.ProcessorTime - processor);
        var times = done.Select(call => call.Milliseconds).Order().ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {how} | {times.Count / took.TotalSeconds:N0} | {times[times.Count / 2]:0.0} ms | {times[(int)(times.Count * 0.99)]:0.0} ms | {used.TotalMicroseconds / times.Count:N0} µs | {100 * done.Count(call => call.Taken) / times.Count} % |");
    }

    // A modal that stays open was refused; everything else is acknowledged with nothing once it is committed.
    private async Task<(double Milliseconds, bool Taken)> SendAsync(SignedCall call, long since)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/slack/events") { Content = new ByteArrayContent(call.Body) };
        request.Content.Headers.ContentType = new("application/x-www-form-urlencoded");
        request.Headers.TryAddWithoutValidation("X-Slack-Request-Timestamp", call.Time);
        request.Headers.TryAddWithoutValidation("X-Slack-Signature", call.Signature);
        using var response = await client.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        return (Stopwatch.GetElapsedTime(since).TotalMilliseconds, response.StatusCode == HttpStatusCode.OK && answer.Length == 0);
    }
}

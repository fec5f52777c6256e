using System.Diagnostics;
using System.Globalization;
using PatchBot.Tests.Support.Posts;

namespace PatchBot.Benchmarks.Posts;

/// <summary>One run of posts, and what became of them. The stub runs in the same process: its part of the processor's time is in the number.</summary>
internal static class MeasuredPosts
{
    /// <param name="what">How the run is called in the result.</param>
    /// <param name="allowed">How many requests, or messages, the platform allows in that time.</param>
    /// <param name="settle">What people do with the messages after the run.</param>
    /// <returns>The exit code: whether a limit was broken, or a post is lost or there twice.</returns>
    public static async Task<int> RunAsync(PostRun run, string what, int posts, Func<TimeSpan, double> allowed, Func<Task>? settle = null)
    {
        var clock = TimeProvider.System;
        using var process = Process.GetCurrentProcess();
        var (began, busy) = (clock.GetTimestamp(), process.TotalProcessorTime);
        await run.DeliverAsync(CancellationToken.None);
        var (took, wire, requests) = (clock.GetElapsedTime(began), run.Arrivals.Took, run.Arrivals.Requests);
        process.Refresh();
        busy = process.TotalProcessorTime - busy;
        var doubled = run.Doubled;
        await (settle?.Invoke() ?? Task.CompletedTask);

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {took.TotalSeconds:0.0} s, {posts / took.TotalSeconds:0.0} posts/s; {requests:N0} requests in {wire.TotalSeconds:0.0} s on the wire = "
            + $"{requests / allowed(wire):P1} of what is allowed; {run.Arrivals.Violations.Values.Sum()} violations, {run.Lost} lost, "
            + $"{doubled} doubled{(settle is null ? "" : $", {run.Doubled} after people looked")}; processor {busy.TotalSeconds:0.0} s"));
        foreach (var (limit, times) in run.Arrivals.Violations)
        {
            Console.WriteLine($"  {limit}: broken {times} times");
        }

        return run.Arrivals.Violations.Count + run.Lost + run.Doubled == 0 ? 0 : 1;
    }
}

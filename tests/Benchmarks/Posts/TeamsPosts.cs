using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;
using PatchBot.Tests.Teams.Outbound.Stub;

namespace PatchBot.Benchmarks.Posts;

/// <summary>
/// Posts to Teams at its own rates, from a database on disk through the worker to a stub of the service, and what became of
/// them. The stub runs in the same process: its part of the processor's time is in the number.
/// </summary>
internal static class TeamsPosts
{
    private const int RequestsPerSecond = 50;

    public static async Task<int> RunAsync(string[] wishes)
    {
        var (posts, conversations, latency, atOnce, storm) = (10_000, 2_000, 50, new DeliveryOptions().AtOnce, 0.0);
        for (var at = 0; at < wishes.Length; at += 2)
        {
            if (at + 1 == wishes.Length || !double.TryParse(wishes[at + 1], CultureInfo.InvariantCulture, out var number) || number < 0)
            {
                return await HelpAsync();
            }

            switch (wishes[at])
            {
                case "--posts":
                    posts = (int)number;
                    break;
                case "--conversations":
                    conversations = (int)number;
                    break;
                case "--latency":
                    latency = (int)number;
                    break;
                case "--at-once":
                    atOnce = (int)number;
                    break;
                case "--storm":
                    storm = number;
                    break;
                default:
                    return await HelpAsync();
            }
        }

        await using var bot = await RunningBot.StartAsync(serve: false);
        var clock = TimeProvider.System;
        await using var run = await PostRun.PrepareAsync(
            new PostRunSize(posts, conversations, RequestsPerSecond), bot.Services.GetRequiredService<IRecord>(), clock, new DeliveryOptions { AtOnce = atOnce });
        run.Stub.Latency = TimeSpan.FromMilliseconds(latency);
        run.Stub.Weather = storm > 0 ? Weather.Storm(seed: 4, storm) : run.Stub.Weather;

        using var process = Process.GetCurrentProcess();
        var (began, busy) = (clock.GetTimestamp(), process.TotalProcessorTime);
        await run.DeliverAsync(CancellationToken.None);
        var (took, wire) = (clock.GetElapsedTime(began), run.Stub.Limits.Took);
        process.Refresh();
        busy = process.TotalProcessorTime - busy;
        var (doubled, requests) = (run.Doubled, run.Stub.Limits.Requests);
        await run.SettleAsync(CancellationToken.None);

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{posts:N0} posts to {conversations:N0} conversations, {latency} ms an answer, {atOnce} at once, storm {storm:P0}: {took.TotalSeconds:0.0} s, "
            + $"{posts / took.TotalSeconds:0.0} posts/s; {requests:N0} requests in {wire.TotalSeconds:0.0} s on the wire = {requests / Allowed(wire):P1} of what is allowed; "
            + $"{run.Stub.Limits.Violations.Values.Sum()} violations, {run.Lost} lost, {doubled} doubled, {run.Doubled} after people looked; "
            + $"processor {busy.TotalSeconds:0.0} s"));
        foreach (var (limit, times) in run.Stub.Limits.Violations)
        {
            Console.WriteLine($"  {limit}: broken {times} times");
        }

        return run.Stub.Limits.Violations.Count + run.Lost + run.Doubled == 0 ? 0 : 1;
    }

    // In the first instant a whole window's worth is allowed.
    private static double Allowed(TimeSpan wire) => RequestsPerSecond * (wire.TotalSeconds + 1);

    private static async Task<int> HelpAsync()
    {
        await Console.Error.WriteLineAsync("Use: teams-posts [--posts 10000] [--conversations 2000] [--latency MS] [--at-once N] [--storm SHARE]");
        return 2;
    }
}

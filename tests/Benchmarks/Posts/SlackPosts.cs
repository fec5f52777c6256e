using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PatchBot.Adapters.Slack.Outbound.Calls;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;
using PatchBot.Tests.Slack.Outbound.Stub;

namespace PatchBot.Benchmarks.Posts;

/// <summary>Posts to Slack at its own rates, from a database on disk through the worker to a stub of the Web API.</summary>
internal static class SlackPosts
{
    public static async Task<int> RunAsync(string[] asked)
    {
        var wishes = await PostWishes.ReadAsync(
            "slack-posts", asked, ("posts", 3_000), ("channels", 200), ("workspaces", 1), ("latency", 100), ("at-once", new DeliveryOptions().AtOnce), ("storm", 0));
        if (wishes is null)
        {
            return 2;
        }

        await using var bot = await RunningBot.StartAsync(serve: false);
        var (posts, channels, workspaces, latency, atOnce, storm) = ((int)wishes["posts"], (int)wishes["channels"], (int)wishes["workspaces"],
            wishes["latency"], (int)wishes["at-once"], wishes["storm"]);
        await using var run = await SlackPostRun.PrepareAsync(
            new SlackPostRunSize(posts, channels, workspaces), bot.Services.GetRequiredService<IRecord>(), TimeProvider.System, new DeliveryOptions { AtOnce = atOnce });
        run.Stub.Latency = TimeSpan.FromMilliseconds(latency);
        run.Stub.Weather = storm > 0 ? SlackWeather.Storm(seed: 4, storm) : run.Stub.Weather;
        var what = string.Create(CultureInfo.InvariantCulture,
            $"{posts:N0} posts to {channels:N0} channels of {workspaces} workspaces, {latency} ms an answer, {atOnce} at once, storm {storm:P0}");
        return await MeasuredPosts.RunAsync(run, what, posts, wire => Allowed(wire, channels, workspaces));
    }

    // What is narrower: a message a second in each channel, or so many a minute in each workspace.
    private static double Allowed(TimeSpan wire, int channels, int workspaces) =>
        Math.Min(channels * (wire.TotalSeconds + 1), workspaces * SlackMethod.MessagesPerMinute * wire.TotalMinutes);
}

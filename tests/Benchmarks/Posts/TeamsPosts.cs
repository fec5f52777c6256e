using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;
using PatchBot.Tests.Teams.Outbound.Stub;

namespace PatchBot.Benchmarks.Posts;

/// <summary>Posts to Teams at its own rates, from a database on disk through the worker to a stub of the service.</summary>
internal static class TeamsPosts
{
    private const int RequestsPerSecond = 50;

    public static async Task<int> RunAsync(string[] asked)
    {
        var wishes = await PostWishes.ReadAsync(
            "teams-posts", asked, ("posts", 10_000), ("conversations", 2_000), ("latency", 50), ("at-once", new DeliveryOptions().AtOnce), ("storm", 0));
        if (wishes is null)
        {
            return 2;
        }

        await using var bot = await RunningBot.StartAsync(serve: false);
        var (posts, conversations, latency, atOnce, storm) =
            ((int)wishes["posts"], (int)wishes["conversations"], wishes["latency"], (int)wishes["at-once"], wishes["storm"]);
        await using var run = await TeamsPostRun.PrepareAsync(
            new TeamsPostRunSize(posts, conversations, RequestsPerSecond),
            bot.Services.GetRequiredService<IRecord>(), TimeProvider.System, new DeliveryOptions { AtOnce = atOnce });
        run.Stub.Latency = TimeSpan.FromMilliseconds(latency);
        run.Stub.Weather = storm > 0 ? Weather.Storm(seed: 4, storm) : run.Stub.Weather;
        var what = string.Create(CultureInfo.InvariantCulture, $"{posts:N0} posts to {conversations:N0} conversations, {latency} ms an answer, {atOnce} at once, storm {storm:P0}");
        return await MeasuredPosts.RunAsync(run, what, posts, Allowed, () => run.SettleAsync(CancellationToken.None));
    }

    // In the first instant a whole window's worth is allowed.
    private static double Allowed(TimeSpan wire) => RequestsPerSecond * (wire.TotalSeconds + 1);
}

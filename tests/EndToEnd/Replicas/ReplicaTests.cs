using System.Collections.Concurrent;
using System.Globalization;
using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd.Replicas;

/// <summary>Three processes over one file, driven at once while one after the other is killed: nothing lost, nothing doubled, channels in order.</summary>
public sealed class ReplicaTests(ITestOutputHelper output)
{
    private const int InMonth = 24;
    private const int Drivers = 4;
    private const int ReportsEach = 20;
    private const int Kills = 3;

    private static readonly string[] Channels = ["patching", "north", "south"];

    [Fact(Timeout = 240_000)]
    public async Task Given_three_processes_that_are_driven_at_once_and_killed_in_turn_then_nothing_is_lost_or_doubled_and_channels_are_in_order()
    {
        var seed = Environment.GetEnvironmentVariable("PATCHBOT_SEED") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
        output.WriteLine($"Seed {seed}; PATCHBOT_SEED repeats it.");
        var random = new Random(seed);
        await using var here = new Installation();
        here.Configure(new
        {
            Delivery = new { Lease = "00:00:05", LookEvery = "00:00:01" },
            WebChat = new { Channels = Channels.Append("announcements").Select(channel => new { Id = channel, Name = channel }) },
        });
        await File.WriteAllTextAsync(here.PathOf("month.json"), MadeUpMonth.Json(InMonth), Installation.Token);
        var replicas = new ConcurrentDictionary<int, Replica>();
        foreach (var (place, replica) in (await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Replica.StartAsync(here)))).Index())
        {
            replicas[place] = replica;
        }

        Assert.Equal(0, (await here.RunAsync("import", "month.json")).Code);
        var told = new ConcurrentDictionary<string, Told>();
        await Task.WhenAll([
            KillAsync(here, replicas, new Random(random.Next())),
            .. Enumerable.Range(0, Drivers).Select(driver => DriveAsync(here, replicas, driver, new Random(random.Next()), told)),
        ]);
        while (await here.QueryAsync("SELECT 1 FROM post WHERE pending_since IS NOT NULL") is not [])
        {
            await Task.Delay(200, Installation.Token);
        }

        await CheckCardsAsync(here);
        await CheckReportsAsync(here, told);
        Assert.Equal(["ok"], await here.QueryAsync("PRAGMA integrity_check"));
        var audit = await here.RunAsync("audit", "verify");
        Assert.True(audit.Code == 0, audit.ToString());
        foreach (var replica in replicas.Values)
        {
            replica.Dispose();
        }
    }

    private async Task KillAsync(Installation here, ConcurrentDictionary<int, Replica> replicas, Random random)
    {
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(random.Next(50, 1500), Installation.Token);
            var place = random.Next(replicas.Count);
            await replicas[place].Process.KillAsync(Installation.Token);
            output.WriteLine($"Killed {place}; posts to do: {(await here.QueryAsync("SELECT count(*) FROM post WHERE pending_since IS NOT NULL")).Single()}");
            replicas[place] = await Replica.StartAsync(here);
        }
    }

    /// <summary>Reports lab results under cards, each once, to whichever process comes first; what fails is not said again.</summary>
    private static async Task DriveAsync(
        Installation here, ConcurrentDictionary<int, Replica> replicas, int driver, Random random, ConcurrentDictionary<string, Told> told)
    {
        for (var report = 0; report < ReportsEach; report++)
        {
            var card = await AnyCardAsync(here, Channels[random.Next(Channels.Length)], random);
            var host = string.Create(CultureInfo.InvariantCulture, $"hv-lab-{driver}{report:000}");
            told[host] = await replicas[random.Next(replicas.Count)].SayAsync(card.Channel, "engineer", $"pass on {host}", card.Id);
        }
    }

    private static async Task<(string Channel, long Id)> AnyCardAsync(Installation here, string channel, Random random)
    {
        while (true)
        {
            var cards = await here.QueryAsync(
                $"SELECT id FROM transcript_message WHERE channel_id = '{channel}' AND post_id IS NOT NULL AND thread_id IS NULL ORDER BY id");
            if (cards.Count > 0)
            {
                return (channel, long.Parse(cards[random.Next(cards.Count)], CultureInfo.InvariantCulture));
            }

            await Task.Delay(50, Installation.Token);
        }
    }

    private static async Task CheckCardsAsync(Installation here)
    {
        foreach (var channel in Channels)
        {
            var shown = await here.QueryAsync($"SELECT post_id FROM transcript_message WHERE channel_id = '{channel}' AND post_id IS NOT NULL ORDER BY id");
            var posts = await here.QueryAsync($"SELECT id FROM post WHERE channel_id = '{channel}' ORDER BY id");
            Assert.Equal(posts, shown);
            Assert.Equal(
                Enumerable.Range(0, InMonth).Select(MadeUpMonth.Kb),
                await here.QueryAsync($"SELECT substr(subject, 7) FROM post WHERE channel_id = '{channel}' AND subject LIKE 'patch/%' ORDER BY subject"));
        }

    }

    private async Task CheckReportsAsync(Installation here, ConcurrentDictionary<string, Told> told)
    {
        var results = await here.QueryAsync("SELECT host FROM lab_result ORDER BY host");
        Assert.Equal(results.Distinct(), results);
        foreach (var (host, answer) in told)
        {
            Assert.True(
                answer.Status switch { Told.Done => results.Contains(host), Told.NotRecorded => !results.Contains(host), _ => answer.Status == Told.Nobody },
                $"{host} {(results.Contains(host) ? "is" : "is not")} recorded: {answer}");
        }

        output.WriteLine(string.Join(", ", told.Values.GroupBy(answer => answer.Status).Select(same => $"{same.Count()} × {same.Key}")));
        var said = await here.QueryAsync("SELECT body FROM transcript_message WHERE author_id = 'webchat:local:engineer' ORDER BY body");
        Assert.Equal(said.Distinct(), said);
        Assert.Empty(told.Where(answer => answer.Value.Status == Told.Done).Select(answer => $"pass on {answer.Key}").Except(said));
    }
}

using System.Text.Json;
using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd.Replicas;

public sealed class ClickTests(ITestOutputHelper output)
{
    private const int Processes = 4;
    private const int Clicks = 1000;

    private static readonly string[] Managers = ["m1", "m2", "m3", "m4", "m5"];

    [Fact(Timeout = 240_000)]
    public async Task Given_a_thousand_clicks_at_once_and_replayed_over_four_processes_then_one_decision_is_taken()
    {
        await using var here = new Installation();
        here.Configure(Settings());
        await File.WriteAllTextAsync(here.PathOf("month.json"), MadeUpMonth.Json(1), Installation.Token);
        Assert.Equal(0, (await here.RunAsync("import", "month.json")).Code);
        var replicas = await Task.WhenAll(Enumerable.Range(0, Processes).Select(_ => Replica.StartAsync(here)));
        var (card, approve) = await TestedCardAsync(here, replicas[0]);

        // Every click reaches every process once, as a platform repeats what it believes lost.
        var started = System.Diagnostics.Stopwatch.StartNew();
        var told = await Task.WhenAll(Enumerable.Range(0, Clicks).Select(click =>
        {
            var press = click / Processes;
            return replicas[click % Processes].PressAsync(card, Managers[press % Managers.Length], approve, $"press-{press}");
        }));

        output.WriteLine($"{Clicks} clicks over {Processes} processes in {started.Elapsed.TotalSeconds:0.0} s");
        foreach (var (same, count) in told.GroupBy(answer => (answer.Status, answer.Notice)).Select(same => (same.Key, same.Count())))
        {
            output.WriteLine($"{count,5} × {same.Status} {same.Notice}");
        }

        Assert.Equal(["Approve|1"], await here.QueryAsync("SELECT kind, is_standing FROM decision"));
        Assert.Equal(["1"], await here.QueryAsync("SELECT count(*) FROM audit_entry WHERE action = 'approval.approve'"));
        Assert.Equal(["set"], await here.QueryAsync("SELECT stage FROM announcement"));
        Assert.DoesNotContain(told, answer => answer.Status == Told.Nobody);
        Assert.Single(told, answer => answer.Notice?.StartsWith("Recorded: ", StringComparison.Ordinal) == true);

        // Who was told that it was taken can look it up, and who was told that it was not finds nothing.
        var taken = told.Select((answer, click) => (answer, click)).Where(at => at.answer.Status == Told.Done).Select(at => at.click / Processes).Distinct().Count();
        Assert.Equal([$"{taken}"], await here.QueryAsync("SELECT count(*) FROM inbox WHERE delivery_key LIKE 'press/%'"));
        var audit = await here.RunAsync("audit", "verify");
        Assert.True(audit.Code == 0, audit.ToString());
        foreach (var replica in replicas)
        {
            replica.Dispose();
        }
    }

    private static object Settings() => new
    {
        Rings = new[]
        {
            new
            {
                Key = "production",
                Title = "Production servers",
                Products = new[] { "Windows Server *" },
                Calendar = new { Rule = "FREQ=WEEKLY;BYDAY=SA", Start = "2026-01-03T22:00", Zone = "Europe/Berlin", Duration = "04:00:00" },
                Approvers = Managers.Select(manager => $"webchat:local:{manager}"),
            },
        },
        People = new { Engineers = new[] { "webchat:local:engineer" } },
        WebChat = new
        {
            Enabled = true,
            People = Managers.Append("engineer").Select(person => new { Id = person, Name = $"The {person}" }),
        },
    };

    /// <summary>The card once the lab's pass is on it, and its button's action.</summary>
    private static async Task<(long Id, string Approve)> TestedCardAsync(Installation here, Replica replica)
    {
        var card = await CardAsync(replica);
        Assert.Equal(200, (await replica.SayAsync("patching", "engineer", "pass on hv-lab-02", card.Id)).Status);
        while (await here.QueryAsync("SELECT 1 FROM post WHERE pending_since IS NOT NULL") is not [])
        {
            await Task.Delay(100, Installation.Token);
        }

        card = await CardAsync(replica);
        return (card.Id, card.Actions.First(action => action.Id.StartsWith("rollout.approve/", StringComparison.Ordinal)).Id);
    }

    private static async Task<ChatMessage> CardAsync(Replica replica)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var read = await replica.GetAsync("/webchat/api/channels/patching/messages");
            var card = JsonSerializer.Deserialize<List<ChatMessage>>(read.Body, JsonSerializerOptions.Web)!.FirstOrDefault(message => message.ThreadId is null);
            if (card is not null)
            {
                return card;
            }

            await timer.WaitForNextTickAsync(Installation.Token);
        }
    }
}

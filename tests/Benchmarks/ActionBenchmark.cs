using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Benchmarks;

/// <summary>
/// A press from HTTP to its answer: committed with the audit entry, cards edited. Each press is on another patch's card;
/// loopback, a real file, <c>synchronous=FULL</c>.
/// </summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 5, iterationCount: 40)]
public class ActionBenchmark
{
    private const int Patches = 100;

    private readonly Queue<long> cards = [];
    private readonly Queue<long> tested = [];
    private RunningBot? bot;
    private HttpClient? client;

    [GlobalSetup]
    public async Task Setup()
    {
        bot = await RunningBot.StartAsync(serve: true);
        client = new HttpClient { BaseAddress = bot.Address };
        await bot.ImportAsync(Encoding.UTF8.GetBytes(MadeUpMonth.Json(Patches)));
        while (cards.Count < Patches)
        {
            await Task.Delay(200);
            cards.Clear();
            var messages = await client.GetFromJsonAsync<List<JsonElement>>("/webchat/api/channels/patching/messages?limit=1000");
            messages!.ForEach(message => cards.Enqueue(message.GetProperty("id").GetInt64()));
        }
    }

    [Benchmark]
    public async Task RecordLabResult()
    {
        var card = cards.Dequeue();
        await PressAsync(card, "engineer", "Record lab result", new { outcome = "pass", host = "hv-lab-02" });
        tested.Enqueue(card);
    }

    /// <summary>Tests are not counted: they happen between the measurements.</summary>
    [IterationSetup(Target = nameof(Approve))]
    public void Test() => TestAsync().GetAwaiter().GetResult();

    [Benchmark]
    public Task Approve() => PressAsync(tested.Dequeue(), "manager", "Approve Production servers", new { });

    [GlobalCleanup]
    public async Task Cleanup()
    {
        client!.Dispose();
        await bot!.DisposeAsync();
    }

    private async Task TestAsync()
    {
        await RecordLabResult();
        var card = tested.Peek();

        // Approving what the card does not show yet is refused; the delivery worker may be a moment behind.
        while (!await ShowsPassAsync(card))
        {
            await Task.Delay(20);
        }
    }

    private async Task<bool> ShowsPassAsync(long card) =>
        (await client!.GetFromJsonAsync<List<JsonElement>>($"/webchat/api/channels/patching/messages?after={card - 1}"))!
            .First(message => message.GetProperty("id").GetInt64() == card).GetProperty("text").GetString()!.Contains("Lab passed", StringComparison.Ordinal);

    private async Task PressAsync(long message, string user, string action, object inputs)
    {
        using var response = await client!.PostAsJsonAsync($"/webchat/api/messages/{message}/actions", new { user, action, inputs });
        var answer = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode || answer.Contains("\"tone\":\"warning\"", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"'{action}' was refused: {answer}");
        }
    }
}

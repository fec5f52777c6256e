using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Benchmarks.Invokes;

/// <summary>
/// Presses as Teams sends them, over HTTP, to the program in a process of its own: from the call to its committed answer.
/// The token's check is not in it; it takes 50 to 60 µs of processor time.
/// </summary>
internal static class InvokesRun
{
    private const int Patches = 400;
    private const int Connections = 16;
    private const int Pace = 200;

    private static int pressed;
    private static string service = "";

    public static async Task<int> RunAsync()
    {
        await using var connector = await ConnectorAsync();
        service = $"{connector.Urls.Single()}/connector";
        await using var bot = await ServedBot.StartAsync(Patches);
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = bot.Address };
        await bot.ApprovalsAsync(Patches);
        await AtOnceAsync(client, bot, Many(500, Lab), print: null);

        Console.WriteLine("| invoke | how | invokes a second | p50 | p99 | processor time of the program, each | taken |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        await AtOnceAsync(client, bot, Many(4_000, Lab), "lab result");
        var refused = await bot.ApprovalsAsync(Patches);
        await AtOnceAsync(client, bot, Many(8_000, n => Press(ServedBot.Outsider, refused[n % refused.Count])), "refused press");
        var once = Press(ServedBot.Manager, refused[0]);
        await AtOnceAsync(client, bot, Many(8_000, _ => once), "the same delivery again");

        await PacedAsync(client, bot, Many(Pace * 15, n => n % 5 == 4 ? Press(ServedBot.Outsider, refused[n % refused.Count]) : n % 5 == 3 ? once : Lab(n)), "mix");

        // Results that came in have changed what there is to approve; the cards follow.
        await Task.Delay(TimeSpan.FromSeconds(10));
        await AtOnceAsync(client, bot, [.. (await bot.ApprovalsAsync(1)).Select(approve => Press(ServedBot.Manager, approve))], "approval");
        return 0;
    }

    private static Task AtOnceAsync(HttpClient client, ServedBot bot, List<byte[]> bodies, string? print) => MeasureAsync(bot, print, $"{Connections} at once", async done =>
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            for (var n = Interlocked.Increment(ref next); n < bodies.Count; n = Interlocked.Increment(ref next))
            {
                done.Add(await SendAsync(client, bodies[n], Stopwatch.GetTimestamp()));
            }
        })));
    });

    private static Task PacedAsync(HttpClient client, ServedBot bot, List<byte[]> bodies, string print) => MeasureAsync(bot, print, $"{Pace} a second", async done =>
    {
        var started = Stopwatch.GetTimestamp();
        var calls = new List<Task>();
        for (var n = 0; n < bodies.Count; n++)
        {
            var due = started + n * Stopwatch.Frequency / Pace;
            while (Stopwatch.GetTimestamp() < due)
            {
                await Task.Delay(1);
            }

            var body = bodies[n];
            calls.Add(Task.Run(async () => done.Add(await SendAsync(client, body, due))));
        }

        await Task.WhenAll(calls);
    });

    private static async Task MeasureAsync(ServedBot bot, string? print, string how, Func<ConcurrentBag<(double Milliseconds, bool Taken)>, Task> drive)
    {
        var done = new ConcurrentBag<(double Milliseconds, bool Taken)>();
        var (processor, started) = (bot.ProcessorTime, Stopwatch.GetTimestamp());
        await drive(done);
        var (took, used) = (Stopwatch.GetElapsedTime(started), bot.ProcessorTime - processor);
        var times = done.Select(call => call.Milliseconds).Order().ToList();
        if (print is not null)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {print} | {how} | {times.Count / took.TotalSeconds:N0} | {times[times.Count / 2]:0.0} ms | {times[(int)(times.Count * 0.99)]:0.0} ms | {used.TotalMicroseconds / times.Count:N0} µs | {100 * done.Count(call => call.Taken) / times.Count} % |"));
        }
    }

    private static async Task<(double Milliseconds, bool Taken)> SendAsync(HttpClient client, byte[] body, long since)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var response = await client.PostAsync("/api/messages", content);
        var answer = await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        return (Stopwatch.GetElapsedTime(since).TotalMilliseconds, answer.AsSpan().IndexOf("\"statusCode\":200"u8) >= 0);
    }

    // Takes everything and says so, at once.
    private static async Task<WebApplication> ConnectorAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(http => http.Response.WriteAsync("""{"id":"1700000000001"}"""));
        await app.StartAsync();
        return app;
    }

    private static List<byte[]> Many(int count, Func<int, byte[]> make) => [.. Enumerable.Range(0, count).Select(make)];

    private static byte[] Lab(int n) => Body(
        ServedBot.Engineer, $"lab.report/{MadeUpMonth.Kb(n % Patches)}", "patchbot.submit",
        new() { ["in.outcome"] = "pass", ["in.host"] = $"hv-lab-{n % 7:00}", ["in.note"] = "backups ok" });

    private static byte[] Press(string person, string action) => Body(person, action, "patchbot.press", []);

    private static byte[] Body(string person, string action, string verb, Dictionary<string, object> data)
    {
        data["patchbot"] = new { action };
        return Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
        {
            type = "invoke", name = "adaptiveCard/action", id = $"f:{Interlocked.Increment(ref pressed)}", channelId = "msteams",
            serviceUrl = service,
            from = new { id = $"29:{person}", name = "Someone", aadObjectId = person },
            recipient = new { id = "28:bot", name = "PatchBot" },
            conversation = new { id = "19:ops@thread.tacv2;messageid=1700000000000", conversationType = "channel", tenantId = ServedBot.Tenant },
            channelData = new { tenant = new { id = ServedBot.Tenant }, team = new { id = "19:general@thread.tacv2" } },
            replyToId = "1700000000000",
            value = new { action = new { type = "Action.Execute", verb, data }, trigger = "manual" },
        }));
    }
}

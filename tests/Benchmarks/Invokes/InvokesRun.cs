using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace PatchBot.Benchmarks.Invokes;

/// <summary>
/// Presses as Teams sends them, over HTTP, to the program in a process of its own: from the call to its committed answer.
/// The token's check is not in it; it takes 50 to 60 µs of processor time. Another bot can be driven by the same calls, in
/// turns with this one, so that whatever else the machine does meets both.
/// </summary>
internal static class InvokesRun
{
    private const int Patches = 900;
    private const int Connections = 16;
    private const int AtOnce = 4_000;
    private const int Pace = 200;
    private const string Mix = "mix";

    public static async Task<int> RunAsync(string[] words)
    {
        if (InvokeWishes.Read(words) is not { } wishes)
        {
            await Console.Error.WriteLineAsync(InvokeWishes.Usage);
            return 2;
        }

        await using var connector = await ConnectorAsync();
        var bodies = new InvokeBodies($"{connector.Urls.Single()}/connector");
        await using var bot = await ServedBot.StartAsync(Patches);
        using var own = new InvokeLoad(bot.Messages, () => bot.ProcessorTime);
        using var other = wishes.LoadOfOther();
        await WarmAsync(bot, bodies, own, other);
        Console.WriteLine("| invoke | how | invokes a second | p50 | p99 | processor time of the program, each | taken |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        for (var round = 0; round < wishes.Rounds; round++)
        {
            var without = other is null ? null : Print("the other bot", await other.AtOnceAsync(bodies.Labs(AtOnce, Patches), Connections));
            foreach (var (name, ready) in Recorded(bot, bodies).Where(kind => kind.Name.Contains(wishes.Only, StringComparison.Ordinal)))
            {
                Compare(without, Print(name, await own.AtOnceAsync(await ready(), Connections)));
            }
        }

        foreach (var (name, ready) in Unrecorded(bot, bodies).Where(kind => kind.Name.Contains(wishes.Only, StringComparison.Ordinal)))
        {
            Print(name, await own.AtOnceAsync(await ready(), Connections));
        }

        if (Mix.Contains(wishes.Only, StringComparison.Ordinal))
        {
            Console.WriteLine((await own.PacedAsync(await MixAsync(bot, bodies), Pace)).Row(Mix, $"{Pace} a second"));
        }

        return 0;
    }

    private static IEnumerable<(string Name, Func<Task<List<byte[]>>> Ready)> Recorded(ServedBot bot, InvokeBodies bodies) =>
    [
        ("lab result", () => Task.FromResult(bodies.Labs(AtOnce, Patches))),
        ("approval", async () => [.. (await bot.ApprovalsAsync(Patches - 1)).Select(approve => bodies.Press(ServedBot.Manager, approve))]),

        // One stays approved, so that the window is not called off and set again.
        ("approval taken back", async () => [.. (await bot.WithdrawalsAsync()).Skip(1).Select(withdraw => bodies.Withdraw(ServedBot.Manager, withdraw))]),
    ];

    private static IEnumerable<(string Name, Func<Task<List<byte[]>>> Ready)> Unrecorded(ServedBot bot, InvokeBodies bodies) =>
    [
        ("refused press", async () => await bot.ApprovalsAsync(Patches - 1) is var refused ? InvokeBodies.Many(2 * AtOnce, n => bodies.Press(ServedBot.Outsider, refused[n % refused.Count])) : []),
        ("the same delivery again", async () =>
        {
            var once = bodies.Press(ServedBot.Outsider, (await bot.ApprovalsAsync(Patches - 1))[0]);
            return InvokeBodies.Many(2 * AtOnce, _ => once);
        }),
    ];

    // Three lab results, a repeated delivery, a refusal.
    private static async Task<List<byte[]>> MixAsync(ServedBot bot, InvokeBodies bodies)
    {
        var approvals = await bot.ApprovalsAsync(Patches - 1);
        var (reported, once) = (bodies.Labs(Pace * 15, Patches), bodies.Press(ServedBot.Manager, approvals[0]));
        return InvokeBodies.Many(reported.Count, n => (n % 5) switch
        {
            4 => bodies.Press(ServedBot.Outsider, approvals[n % approvals.Count]),
            3 => once,
            _ => reported[n],
        });
    }

    // Programs that compile as they run are measured once they have.
    private static async Task WarmAsync(ServedBot bot, InvokeBodies bodies, InvokeLoad own, InvokeLoad? other)
    {
        await bot.ApprovalsAsync(Patches);
        await own.AtOnceAsync(bodies.Labs(AtOnce / 2, Patches), Connections);
        if (other is not null)
        {
            await other.AtOnceAsync(bodies.Labs(AtOnce, Patches), Connections);
        }
    }

    private static InvokeTimes Print(string what, InvokeTimes times)
    {
        Console.WriteLine(times.Row(what, $"{Connections} at once"));
        return times;
    }

    private static void Compare(InvokeTimes? without, InvokeTimes recorded)
    {
        if (without is not null)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {recorded.Rate / without.Rate:0.00} times as many a second"));
        }
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
}

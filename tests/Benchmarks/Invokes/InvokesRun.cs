using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using PatchBot.Benchmarks.Load;

namespace PatchBot.Benchmarks.Invokes;

/// <summary>
/// Presses as Teams sends them, over HTTP: from the call to its committed answer. The token's check is not in it; it takes
/// 50 to 60 µs of processor time.
/// </summary>
internal static class InvokesRun
{
    public static async Task RunAsync(LoadWishes wishes)
    {
        await using var connector = await ConnectorAsync();
        var bodies = new InvokeBodies($"{connector.Urls.Single()}/connector");
        await using var bot = await ServedBot.StartAsync(LoadSize.Patches);
        var own = new InvokeLoad(new Uri(bot.Address, "/api/messages"), () => bot.ProcessorTime);
        var other = wishes.Against is { } rival ? new InvokeLoad(rival, wishes.ProcessorTimeOfOther()) : null;
        await new LoadRun<byte[]>(wishes, own, other).RunAsync(
            bot,
            bodies.Labs,
            [
                ("lab result", () => Task.FromResult(bodies.Labs(LoadSize.AtOnce))),
                ("approval", async () => [.. (await ApprovalsAsync(bot)).Select(approve => bodies.Press(ServedBot.Manager, approve))]),

                // One stays approved, so that the window is not called off and set again.
                ("approval taken back", async () => [.. (await bot.WithdrawalsAsync()).Skip(1).Select(withdraw => bodies.Withdraw(ServedBot.Manager, withdraw))]),
            ],
            [
                ("refused press", async () => await ApprovalsAsync(bot) is var refused
                    ? LoadSize.Many(2 * LoadSize.AtOnce, n => bodies.Press(ServedBot.Outsider, refused[n % refused.Count])) : []),
                ("the same delivery again", async () => bodies.Press(ServedBot.Outsider, (await ApprovalsAsync(bot))[0]) is var once
                    ? LoadSize.Many(2 * LoadSize.AtOnce, _ => once) : []),
            ],
            () => MixAsync(bot, bodies));
    }

    private static Task<List<string>> ApprovalsAsync(ServedBot bot) => bot.ApprovalsAsync(LoadSize.Patches - 1);

    // Three lab results, a repeated delivery, a refusal.
    private static async Task<List<byte[]>> MixAsync(ServedBot bot, InvokeBodies bodies)
    {
        var approvals = await ApprovalsAsync(bot);
        var (reported, once) = (bodies.Labs(LoadSize.Pace * 15), bodies.Press(ServedBot.Manager, approvals[0]));
        return LoadSize.Many(reported.Count, n => (n % 5) switch
        {
            4 => bodies.Press(ServedBot.Outsider, approvals[n % approvals.Count]),
            3 => once,
            _ => reported[n],
        });
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

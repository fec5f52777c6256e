using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using PatchBot.Benchmarks.Load;

namespace PatchBot.Benchmarks.Presses;

/// <summary>
/// Presses as Slack sends them, signed, over HTTP, to the program in a process of its own: from the call to its
/// acknowledgement, which follows the commit. What the bot says to each person goes to a Web API that takes everything.
/// </summary>
internal static class PressesRun
{
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const string Message = "1795358996.000001";

    public static async Task RunAsync(LoadWishes wishes)
    {
        await using var api = await ApiAsync();
        var outside = api.Urls.Single();
        await using var bot = await ServedBot.StartAsync(
            LoadSize.Patches,
            "--Slack:BotToken=xoxb-1-2-bench", $"--Slack:SigningSecret={Secret}", $"--Slack:ApiUrl={outside}/api/", "--Slack:ResponseHosts:2=127.0.0.1",
            $"--People:Engineers:1=slack:{PressBodies.Team}:{PressBodies.Engineer}", $"--Rings:0:Approvers:1=slack:{PressBodies.Team}:{PressBodies.Manager}");
        var own = new PressLoad(new Uri(bot.Address, "/slack/events"), () => bot.ProcessorTime);
        var other = wishes.Against is { } rival ? new PressLoad(rival, wishes.ProcessorTimeOfOther()) : null;
        var bodies = new PressBodies(Secret, $"{outside}/response");
        await new LoadRun<SignedCall>(wishes, own, other).RunAsync(
            bot,
            bodies.Labs,
            [
                ("lab result", () => Task.FromResult(bodies.Labs(LoadSize.AtOnce))),
                ("approval", async () => [.. (await ApprovalsAsync(bot)).Select(approve => bodies.Press(PressBodies.Manager, approve))]),

                // One stays approved, so that the window is not called off and set again.
                ("approval taken back", async () => [.. (await bot.WithdrawalsAsync()).Skip(1).Select(withdraw => bodies.Withdraw(PressBodies.Manager, withdraw))]),
            ],
            [
                ("refused press", async () => await ApprovalsAsync(bot) is var refused
                    ? LoadSize.Many(2 * LoadSize.AtOnce, n => bodies.Press(PressBodies.Outsider, refused[n % refused.Count])) : []),
                ("the same delivery again", async () => bodies.Press(PressBodies.Outsider, (await ApprovalsAsync(bot))[0]) is var once
                    ? LoadSize.Many(2 * LoadSize.AtOnce, _ => once) : []),
            ],
            () => MixAsync(bot, bodies));
    }

    private static Task<List<string>> ApprovalsAsync(ServedBot bot) => bot.ApprovalsAsync(LoadSize.Patches - 1);

    // Three lab results, a repeated delivery, a refusal.
    private static async Task<List<SignedCall>> MixAsync(ServedBot bot, PressBodies bodies)
    {
        var approvals = await ApprovalsAsync(bot);
        var (reported, once) = (bodies.Labs(LoadSize.Pace * 15), bodies.Press(PressBodies.Manager, approvals[0]));
        return LoadSize.Many(reported.Count, n => (n % 5) switch
        {
            4 => bodies.Press(PressBodies.Outsider, approvals[n % approvals.Count]),
            3 => once,
            _ => reported[n],
        });
    }

    private static async Task<WebApplication> ApiAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async http =>
        {
            var asked = await new StreamReader(http.Request.Body).ReadToEndAsync();
            http.Response.ContentType = "application/json";
            http.Response.Headers["X-OAuth-Scopes"] = "app_mentions:read,channels:history,channels:read,chat:write,commands,files:write,groups:history,groups:read,im:history,im:write,mpim:history,usergroups:read,users:read";
            await http.Response.WriteAsync(JsonSerializer.Serialize(AnswerTo(http.Request.Path.Value!.Split('/')[^1], asked)));
        });
        await app.StartAsync();
        return app;
    }

    // People are called what they are asked for by.
    private static object AnswerTo(string method, string asked) => method switch
    {
        "auth.test" => new { ok = true, url = "https://bench.slack.com/", team = "Bench", user = "patchbot", team_id = PressBodies.Team, user_id = "U0BOT", bot_id = "B0BOT", app_id = "A01APP" },
        "users.info" => new { ok = true, user = new { id = asked.Split('=')[^1], team_id = PressBodies.Team, name = "someone", profile = new { display_name = $"Member {asked.Split('=')[^1]}" } } },
        "users.conversations" => new { ok = true, channels = new[] { new { id = PressBodies.Channel, name = "ops", is_member = true } } },
        "conversations.info" => new { ok = true, channel = new { id = PressBodies.Channel, name = "ops", is_member = true } },
        "conversations.open" => new { ok = true, channel = new { id = "D01CHAT" } },
        "chat.postEphemeral" => new { ok = true, message_ts = Message },
        "chat.postMessage" or "chat.update" => new { ok = true, channel = PressBodies.Channel, ts = Message },
        _ => new { ok = true },
    };
}

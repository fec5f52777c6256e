using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using PatchBot.Benchmarks.Invokes;

namespace PatchBot.Benchmarks.Presses;

/// <summary>
/// Presses as Slack sends them, signed, over HTTP, to the program in a process of its own: from the call to its
/// acknowledgement, which follows the commit. What the bot says to each person goes to a Web API that takes everything.
/// </summary>
internal static class PressesRun
{
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const int Patches = 400;
    private const int Connections = 16;
    private const int Pace = 200;

    public static async Task<int> RunAsync()
    {
        await using var api = await ApiAsync();
        var outside = api.Urls.Single();
        await using var bot = await ServedBot.StartAsync(
            Patches,
            "--Slack:BotToken=xoxb-1-2-bench", $"--Slack:SigningSecret={Secret}", $"--Slack:ApiUrl={outside}/api/", "--Slack:ResponseHosts:2=127.0.0.1",
            $"--People:Engineers:1=slack:{PressBodies.Team}:{PressBodies.Engineer}", $"--Rings:0:Approvers:1=slack:{PressBodies.Team}:{PressBodies.Manager}");
        using var load = new PressLoad(bot);
        var bodies = new PressBodies(Secret, $"{outside}/response");
        await bot.ApprovalsAsync(Patches);
        await load.AtOnceAsync("", bodies.Labs(500, Patches), Connections);

        Console.WriteLine("| delivery | how | acknowledged a second | p50 | p99 | processor time of the program, each | taken |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        Console.WriteLine(await load.AtOnceAsync("lab result by form", bodies.Labs(4_000, Patches), Connections));
        var refused = await bot.ApprovalsAsync(Patches);
        Console.WriteLine(await load.AtOnceAsync("refused press", Many(8_000, n => bodies.Press(PressBodies.Outsider, refused[n % refused.Count])), Connections));
        var once = bodies.Press(PressBodies.Manager, refused[0]);
        Console.WriteLine(await load.AtOnceAsync("the same delivery again", Many(8_000, _ => once), Connections));
        var labs = new Queue<SignedCall>(bodies.Labs(Pace * 15, Patches));
        Console.WriteLine(await load.PacedAsync(
            "mix", Many(Pace * 15, n => n % 5 == 4 ? bodies.Press(PressBodies.Outsider, refused[n % refused.Count]) : n % 5 == 3 ? once : labs.Dequeue()), Pace));

        // Results that came in have changed what there is to approve; the cards follow.
        await Task.Delay(TimeSpan.FromSeconds(10));
        Console.WriteLine(await load.AtOnceAsync("approval", [.. (await bot.ApprovalsAsync(1)).Select(approve => bodies.Press(PressBodies.Manager, approve))], Connections));
        return 0;
    }

    private static List<SignedCall> Many(int count, Func<int, SignedCall> make) => [.. Enumerable.Range(0, count).Select(make)];

    // One answer for all methods: each finds in it what it looks for.
    private static async Task<WebApplication> ApiAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(http =>
        {
            http.Response.ContentType = "application/json";
            http.Response.Headers["X-OAuth-Scopes"] = "app_mentions:read,channels:history,channels:read,chat:write,commands,files:write,groups:history,groups:read,im:history,im:write,mpim:history,usergroups:read,users:read";
            return http.Response.WriteAsync($$"""
                {"ok":true,"url":"https://bench.slack.com/","team":"Bench","user":"patchbot","team_id":"{{PressBodies.Team}}","user_id":"U0BOT","bot_id":"B0BOT","app_id":"A01APP",
                 "channel":"{{PressBodies.Channel}}","ts":"1795358996.000001","message_ts":"1795358996.000001","channels":[],"members":[],"view":{"id":"V01"} }
                """);
        });
        await app.StartAsync();
        return app;
    }
}

using System.Globalization;
using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd.Crash;

/// <summary>What SIGKILL leaves behind, at points that a seed picks: nothing half recorded, nothing posted twice, nothing forgotten.</summary>
public sealed class KilledProcessTests(ITestOutputHelper output)
{
    private const int InMonth = 50;

    private static readonly string[] Months = ["2026-Aug", "2026-Sep", "2026-Oct"];

    private static readonly List<string> All = [.. Enumerable.Range(0, InMonth * Months.Length).Select(MadeUpMonth.Kb)];

    [Fact(Timeout = 240_000)]
    public async Task Given_kills_while_months_are_imported_and_posted_then_every_patch_and_post_is_there_once()
    {
        var seed = Environment.GetEnvironmentVariable("PATCHBOT_SEED") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
        output.WriteLine($"Seed {seed}; PATCHBOT_SEED repeats it.");
        var random = new Random(seed);
        await using var here = new Installation();

        // The shortest lease there is: a killed worker's channel waits for it to run out.
        here.Configure(new { Delivery = new { Lease = "00:00:05", LookEvery = "00:00:01" } });
        await KillStartingServerAsync(here, random);
        for (var month = 0; month < Months.Length; month++)
        {
            var first = month * InMonth;
            await File.WriteAllTextAsync(here.PathOf(Months[month]), MadeUpMonth.Json(InMonth, Months[month], first), Installation.Token);
            var server = await here.ServeAsync();
            await KillImportAsync(here, Months[month], first, random.Next(300, 2200));
            await KillImportAsync(here, Months[month], first, random.Next(300, 2200));
            var killed = KillWhilePostingAsync(here, server, random.Next(first + 1, first + InMonth));
            await FinishImportAsync(here, Months[month]);
            await killed;
        }

        var last = await here.ServeAsync();
        foreach (var month in Months)
        {
            await FinishImportAsync(here, month);
        }

        using var chat = new ChatCalls(last.Page);
        var messages = await chat.UntilAsync("patching", found => found.Count(IsCard) >= All.Count);
        await NothingPendsAsync(here);

        Assert.Equal(All, messages.Where(IsCard).Select(PatchOf).Order(StringComparer.Ordinal));
        Assert.Equal(All, await here.QueryAsync("SELECT id FROM patch ORDER BY id"));
        Assert.Equal(
            All.Select(patch => $"patch/{patch}"),
            await here.QueryAsync("SELECT subject FROM audit_entry WHERE action = 'patch.recorded' ORDER BY subject"));
        Assert.Equal([$"{All.Count}"], await here.QueryAsync("SELECT count(*) FROM post WHERE message IS NOT NULL"));
        Assert.Equal(["ok"], await here.QueryAsync("PRAGMA integrity_check"));
        var audit = await here.RunAsync("audit", "verify");
        Assert.True(audit.Code == 0, audit.ToString());
    }

    // While the database is made: migrations are all or nothing too.
    private static async Task KillStartingServerAsync(Installation here, Random random)
    {
        await using var process = here.Start("--Urls", "http://127.0.0.1:0");
        await Task.Delay(random.Next(100, 1000), Installation.Token);
        await process.KillAsync(Installation.Token);
    }

    private async Task KillImportAsync(Installation here, string month, int before, int after)
    {
        await using var import = here.Start("import", month);
        await Task.Delay(after, Installation.Token);
        await import.KillAsync(Installation.Token);
        var recorded = (await here.QueryAsync("SELECT count(*) FROM patch")).Single();
        output.WriteLine($"{month}: import killed after {after} ms, {recorded} patches");
        Assert.Contains(recorded, (string[])[$"{before}", $"{before + InMonth}"]);
    }

    private async Task KillWhilePostingAsync(Installation here, Server server, int cards)
    {
        var there = 0;
        while (there < cards)
        {
            await Task.Delay(5, Installation.Token);
            there = int.Parse((await here.QueryAsync("SELECT count(*) FROM transcript_message")).Single(), CultureInfo.InvariantCulture);
        }

        await server.Process.KillAsync(Installation.Token);
        output.WriteLine($"Server killed with {there} cards posted, meant at {cards}");
    }

    private static async Task FinishImportAsync(Installation here, string month)
    {
        var finished = await here.RunAsync("import", month);
        Assert.True(finished.Code == 0, finished.ToString());
    }

    private static async Task NothingPendsAsync(Installation here)
    {
        // The last message is there a moment before the record knows that it is.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((await here.QueryAsync("SELECT count(*) FROM post WHERE pending_since IS NOT NULL")).Single() != "0")
        {
            await timer.WaitForNextTickAsync(Installation.Token);
        }
    }

    private static bool IsCard(ChatMessage message) => message.Author == "patchbot" && message.ThreadId is null;

    private static string PatchOf(ChatMessage message) => message.Text[..message.Text.IndexOf(':', StringComparison.Ordinal)];
}

using PatchBot.Cards;
using PatchBot.Core.Approvals;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Rollouts;

/// <summary>The card of a patch in the states that people meet it in, by name.</summary>
public static class PatchCardStates
{
    private const string Kb = "KB5032196";

    public static IReadOnlyDictionary<string, Func<Task<ChatCard>>> All { get; } = new Dictionary<string, Func<Task<ChatCard>>>
    {
        ["new"] = () => AfterAsync(bot => Task.CompletedTask),
        ["lab-passed"] = () => AfterAsync(bot => bot.LabAsync(Kb)),
        ["approved"] = () => AfterAsync(ApproveAsync),
        ["rejected"] = () => AfterAsync(bot => bot.DecideAsync(DecisionKind.Reject, Kb, reason: "breaks the backup agent")),
        ["deferred"] = () => AfterAsync(bot => bot.DecideAsync(DecisionKind.Defer, Kb, reason: "audit season", until: Some.Noon.AddDays(20))),
        ["fallen"] = () => AfterAsync(async bot =>
        {
            await ApproveAsync(bot);
            await bot.LabAsync(Kb, LabOutcome.Fail, "sql-lab-03");
        }),
        ["superseded"] = () => AfterAsync(bot =>
            bot.ImportAsync("2026-Dec", ("KB5033000", Some.Facts() with { Supersedes = [new PatchId(Kb)], ReleasedAt = Some.Noon.AddHours(1) }))),
        ["revised"] = () => AfterAsync(bot => bot.ImportAsync("2026-Nov", (Kb, Some.Facts(exploited: Claim.Yes)), ("KB5032100", Some.Facts()))),
        ["unlisted"] = () => AfterAsync(bot => bot.ImportAsync("2026-Nov", ("KB5032100", Some.Facts()))),
        ["finished"] = () => AfterAsync(async bot =>
        {
            await ApproveAsync(bot);
            await bot.PassTimeAsync((await bot.RolloutAsync(Kb)).Window!.End.AddHours(1));
        }),
        ["late"] = () => OfAsync([Some.Ring(exposed: true)], [(Kb, Some.Facts(exploited: Claim.Yes))]),
        ["prerequisite"] = () => OfAsync([], [(Kb, Some.Facts() with { Requires = [new PatchId("KB5032100")], KnownIssues = ["Some printers need a new driver."] }), ("KB5032100", Some.Facts("Servicing stack"))]),
        ["large"] = () => OfAsync([], [(Kb, Large())]),
        ["two-rings"] = () => OfAsync(
            [Some.Ring("pilot", "Pilot"), Some.Ring() with { Quorum = 2, Approvers = new HashSet<PersonId> { Some.Manager.Id, new("webchat:local:second") } }],
            [(Kb, Some.Facts())],
            ApproveAsync),
    };

    private static Task<ChatCard> AfterAsync(Func<Bot, Task> work) => OfAsync([], [(Kb, Some.Facts()), ("KB5032100", Some.Facts())], work);

    private static async Task<ChatCard> OfAsync(Ring[] rings, (string Id, PatchFacts Facts)[] patches, Func<Bot, Task>? work = null)
    {
        await using var bot = await Bot.StartAsync(rings);
        await bot.ImportAsync("2026-Nov", patches);
        await (work?.Invoke(bot) ?? Task.CompletedTask);
        return await bot.DrawAsync(Kb);
    }

    private static async Task ApproveAsync(Bot bot)
    {
        await bot.LabAsync(Kb);
        await bot.ApproveAsync(Kb);
    }

    /// <summary>As long as a monthly update is: more products and vulnerabilities than a card lists openly, and a page to read on.</summary>
    private static PatchFacts Large()
    {
        string[] products = ["Windows Server 2019", "Windows Server 2019 (Server Core installation)", "Windows 10 Version 1809 (x64)", "Windows 10 Version 1809 (x86)", "Windows 10 Version 1809 (ARM64)"];
        var facts = Some.Facts("2023-11 Cumulative Update for Windows Server 2019 (x64)", Severity.Critical, Claim.Yes, products);
        return facts with
        {
            Fixes =
            [
                .. facts.Fixes,
                new FixedVulnerability("CVE-2023-36033", "DWM Core Library elevation of privilege", Severity.High, 7.8m, "", "Elevation of Privilege", Claim.Yes, Claim.Yes),
                new FixedVulnerability("CVE-2023-36397", "Pragmatic General Multicast remote code execution", Severity.Critical, 9.8m, "", "Remote Code Execution", Claim.No, Claim.No),
                new FixedVulnerability("CVE-2023-36402", "OLE DB provider for SQL Server remote code execution", Severity.High, 8.8m, "", "Remote Code Execution", Claim.No, Claim.No),
            ],
            KnownIssues = ["Virtual machines on a host with an old backup agent may not be backed up."],
            Links = [new PatchLink("Read the advisory", new Uri("https://support.microsoft.com/help/5032196"))],
        };
    }
}

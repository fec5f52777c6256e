using System.Text.Json;
using PatchBot.Core.Patches;

namespace PatchBot.Benchmarks.Scale;

/// <summary>What a vendor says about a made-up patch, about 1.5 KB as stored; with places for SQL to fill in, or filled in.</summary>
internal static class HistoryFacts
{
    /// <summary>Stands for the number in the names of the patch, the one it replaces, and the first of its line.</summary>
    public const string Number = "8888888", Older = "7777777", First = "6666666";

    /// <summary>Stands for the release.</summary>
    public static readonly DateTimeOffset Release = new(2001, 2, 3, 4, 5, 6, TimeSpan.Zero);

    public static string ReleaseText { get; } = "2001-02-03T04:05:06+00:00";

    public static string Template(bool isFirst) => JsonSerializer.Serialize(
        Of(Number, Release, isFirst ? null : Older, isFirst ? null : First), PatchJson.Default.PatchFacts);

    public static PatchFacts Of(string number, DateTimeOffset releasedAt, string? older, string? first) => new()
    {
        Title = $"Cumulative update {number} for Windows Server",
        Summary = "Security and quality improvements for the operating system, its networking and its storage. Addresses an issue in which a "
            + "cluster node could leave the cluster after a live migration, and one that kept a print job in the queue after it was printed.",
        Vendor = "Microsoft",
        Kind = PatchKind.Security,
        Type = UpdateType.Cumulative,
        Severity = Severity.High,
        SeverityWord = "Important",
        Restart = RestartNeed.Yes,
        ReleasedAt = releasedAt,
        Aliases = [$"ADV{number}"],
        Products =
        [
            new("Windows Server 2019", "Windows", "10.0.17763.5122", RestartNeed.Yes, Severity.High),
            new("Windows Server 2022", "Windows", "10.0.20348.2113", RestartNeed.Yes, Severity.High),
        ],
        Fixes = [.. "123".Select(digit => new FixedVulnerability(
            $"CVE-2026-{number}{digit}", "Elevation of privilege in a driver of the kernel", Severity.High, 7.8m,
            "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", "Elevation of Privilege", Claim.No, Claim.No))],
        Supersedes = older is null ? [] : [new PatchId($"KB{older}")],
        Requires = first is null ? [] : [new PatchId($"KB{first}")],
        KnownIssues = ["After the installation, some devices may show an error in the update history although the update is installed."],
        Links = [new("Article", new Uri($"https://support.example.com/help/{number}"))],
    };
}

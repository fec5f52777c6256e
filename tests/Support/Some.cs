using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.Windows;

namespace PatchBot.Tests.Support;

/// <summary>Values that tests need but do not care about.</summary>
public static class Some
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Person Engineer { get; } = new(new PersonId("webchat:local:engineer"), "Erin Engineer");

    public static Person Manager { get; } = new(new PersonId("webchat:local:manager"), "Max Manager");

    /// <summary>Whom Slack knows as <see cref="Manager"/>, as soon as the two are linked.</summary>
    public static Person ManagerOnSlack { get; } = new(new PersonId("slack:T0123:U0MAX"), "max");

    /// <summary>Whom Slack knows as <see cref="Engineer"/>, as soon as the two are linked.</summary>
    public static Person EngineerOnSlack { get; } = new(new PersonId("slack:T0123:U0ERIN"), "erin");

    public static Person Outsider { get; } = new(new PersonId("webchat:local:outsider"), "Otto Outsider");

    public static PatchFacts Facts(
        string title = "Cumulative update for Windows Server 2019",
        Severity severity = Severity.Critical,
        Claim exploited = Claim.No,
        params string[] products) => new()
        {
            Title = title,
            Vendor = "Microsoft",
            Kind = PatchKind.Security,
            Type = UpdateType.Cumulative,
            Severity = severity,
            SeverityWord = severity == Severity.High ? "Important" : severity.ToString(),
            Restart = RestartNeed.Yes,
            ReleasedAt = Noon.AddHours(-2),
            Products =
            [
                .. (products is [] ? ["Windows Server 2019"] : products)
                    .Select(name => new PatchedProduct(name, "Windows", "10.0.17763.5122", RestartNeed.Yes, severity)),
            ],
            Fixes =
            [
                new FixedVulnerability(
                    "CVE-2023-36025", "Security feature bypass", severity, 8.8m,
                    "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H", "Security Feature Bypass", exploited, Claim.No),
            ],
        };

    public static Patch Patch(string id = "KB5032196", PatchFacts? facts = null)
    {
        facts ??= Facts();
        return new Patch(new PatchId(id), 1, ContentHash.Of(facts), facts, Noon, Noon);
    }

    /// <summary>Saturdays at 22:00 in Berlin for four hours, from 2026 on.</summary>
    public static Ring Ring(string key = "production", string title = "Production servers", bool exposed = false) => new()
    {
        Key = key,
        Title = title,
        Products = ["Windows Server *"],
        Exposed = exposed,
        Calendar = new RingCalendar("FREQ=WEEKLY;BYDAY=SA", new DateTime(2026, 1, 3, 22, 0, 0), "Europe/Berlin", TimeSpan.FromHours(4)),
        LabTime = TimeSpan.FromDays(2),
        Notice = TimeSpan.FromDays(1),
        Reminders = [TimeSpan.FromDays(1), TimeSpan.FromHours(1)],
        Approvers = new HashSet<PersonId> { Manager.Id },
    };
}

using PatchBot.Cards;

namespace PatchBot.Tests.Cards;

/// <summary>One card that holds every part a card can have.</summary>
internal static class RichCard
{
    private static readonly DateTimeOffset Start = new(2023, 11, 25, 21, 0, 0, TimeSpan.Zero);

    public static ChatCard Card { get; } = new()
    {
        Title = "KB5032196: Cumulative update for Windows Server 2019",
        Summary = "Patch fast: one of the holes it closes is exploited.",
        Tone = Tone.Danger,
        Badges = [new("Critical", Tone.Danger), new("Exploited", Tone.Danger), new("Lab open", Tone.Warning), new("Security", Tone.Accent), new("Signed", Tone.Good), new("Restart", Tone.Neutral)],
        Body =
        [
            new NoticeBlock(Tone.Warning, "Update DPM first",
            [
                CardText.FromString("Data Protection Manager needs ") + CardText.Strong("10.22.148.0") + " or later.",
                "On hosts with older agents the backup of virtual machines stops.",
            ]),
            new TextBlock(CardText.FromString("Fixes ") + CardText.Code("CVE-2023-36025") + ", described at " + CardText.Link("the vendor's page", new Uri("https://msrc.microsoft.com/update-guide/vulnerability/CVE-2023-36025")) + "."),
            new HeadingBlock("Suggested window"),
            new FactsBlock([new("Production", CardText.Time(Start, "Europe/Berlin")), new("Pilot", CardText.Time(Start.AddHours(2.5), "Europe/Berlin")), new("Deadline", CardText.Time(Start, "UTC"))]),
            new ListBlock(["Install KB5005112", CardText.FromString("Restart ") + CardText.Code("hv-lab-02")], Ordered: true),
            new ListBlock(["18 Nov: within the change freeze", "11 Nov: no time for the lab"]),
            new ReplyHintBlock("pass on hv-lab-02, backups ok"),
            new DetailsBlock("All fixed holes", [new HeadingBlock("Elevation of privilege"), new TextBlock("CVE-2023-36033, CVSS 7.8", Subtle: true), new NoticeBlock(Tone.Good, "Nothing else open", [])]),
        ],
        Footer = CardText.FromString("MSRC 2023-Nov, revision 3"),
        Actions =
        [
            new PressAction("approve/42/9f3ab2c1", "Approve Production", ActionStyle.Primary),
            new FormAction("Reject Production", new CardForm("reject/42/9f3ab2c1", "Why not?", [new TextInput("reason", "Reason", Required: true, Multiline: true) { Placeholder = "What has to change?" }], "Reject"), ActionStyle.Danger),
            new FormAction("Report a lab result", new CardForm("report/KB5032196", "Lab result",
            [
                new ChoiceInput("outcome", "Outcome", [new("pass", "Passed"), new("fail", "Failed")]),
                new ChoiceInput("ring", "Ring", [new("pilot", "Pilot"), new("production", "Production")], Required: false) { Value = "pilot" },
                new TextInput("host", "Lab host", Required: true, MaxLength: 60) { Value = "hv-lab-02" },
                new DateInput("on", "Tested on") { Value = "2023-11-24" },
            ], "Record the result")),
            new PressAction("defer/42", "Defer Production") { OpensForm = true },
            new PressAction("emergency/42/9f3ab2c1", "Approve emergency slot") { Confirm = "Approve the emergency slot outside the calendar?" },
            new LinkAction("Open the advisory", new Uri("https://support.microsoft.com/help/5032196")),
        ],
    };
}

using PatchBot.Cards;
using PatchBot.Core.Lab;
using PatchBot.Core.People;
using PatchBot.Core.People.Links;
using PatchBot.Core.Record;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Conversation.Overviews;

/// <summary>Answers that only look: status, what waits for someone, the next windows, help.</summary>
public sealed class OverviewTalk(IRings rings, Waiting waiting, HomeCard home)
{
    private readonly OverviewLines lines = new(rings);

    public static ChatCard Help { get; } = new()
    {
        Title = "What I understand",
        Summary = "What you can write to PatchBot.",
        Body =
        [
            new HeadingBlock("In the thread of a patch's card"),
            new ListBlock(
            [
                Line("pass on hv-lab-02, backups ok", "records a lab result; also fail, blocked, partial"),
                Line("record", "a form for a lab result; elsewhere it asks which patch"),
                Line("approve", "approves the suggested window; add the ring's name if several wait"),
                Line("reject: breaks the backup agent", "rejects it, with the reason"),
                Line("defer to next month", "suggests a later window; also: next week, next window, 2026-12-05"),
                Line("withdraw: storage migration that night", "takes an approval back before its window starts"),
                Line("confirm KB5005112 on production", "says that a prerequisite is in place"),
            ]),
            new HeadingBlock("Anywhere"),
            new ListBlock(
            [
                Line("status", "what is open; status KB5032196 for one patch"),
                Line("what waits for me?", "what you can test or decide"),
                Line("windows", "the next approved windows"),
                Line("export", "what is open as a file for spreadsheets; export KB5032196 for one patch"),
                Line("follow patches of production", "for admins; also: follow announcements of …, unfollow …"),
            ]),
            new HeadingBlock("In our chat alone"),
            new ListBlock(
            [
                Line("what waits for me?", "also your windows and your last results"),
                Line("link", "you are on another platform too, and count as one person"),
                Line("whoami", "by which identities I know you, and what you may"),
                Line("unlink slack:TEAM:USER", "for admins, anywhere; also: link teams:TENANT:ID with slack:TEAM:USER"),
            ]),
        ],
    };

    public async Task<ChatCard> StatusAsync(IRecordSession session, string name, CancellationToken cancellationToken)
    {
        if (name.Length > 0)
        {
            return await PatchAsync(session, name, cancellationToken);
        }

        const string None = "Nothing is open: every patch that concerns a ring is decided.";
        var open = await Waiting.OpenAsync(session, cancellationToken);
        return new ChatCard
        {
            Title = "Open patches",
            Summary = open.Count == 0 ? None : $"{open.Count} open.",
            Body = open.Count == 0 ? [new TextBlock(None)] : [.. OverviewLines.List(open.Select(lines.Of))],
        };
    }

    /// <summary>What the person can do now; in a chat with the bot alone, together with what else concerns them.</summary>
    public async Task<ChatCard> WaitingAsync(IRecordSession session, Person person, bool alone, CancellationToken cancellationToken)
    {
        if (alone)
        {
            return await home.DrawAsync(session, person, cancellationToken);
        }

        var work = await waiting.ForAsync(session, await session.Links.HumanAsync(person.Id, cancellationToken), cancellationToken);
        return new ChatCard { Title = $"What waits for {person.Name}", Summary = work.Summary, Body = [.. lines.Waiting(work)] };
    }

    public async Task<ChatCard> WindowsAsync(IRecordSession session, CancellationToken cancellationToken)
    {
        var windows = lines.Windows(await session.Rollouts.InStateAsync([RolloutState.Approved], 500, cancellationToken));
        return new ChatCard
        {
            Title = "Next windows",
            Summary = windows.Count == 0 ? "No window is approved." : $"{windows.Count} approved.",
            Body = windows.Count == 0 ? [new TextBlock("No window is approved.")] : [.. OverviewLines.List(windows)],
        };
    }

    private async Task<ChatCard> PatchAsync(IRecordSession session, string name, CancellationToken cancellationToken)
    {
        if (await session.Patches.FindByNameAsync(name, cancellationToken) is not { } patch)
        {
            return new ChatCard
            {
                Title = "Not known",
                Summary = $"No patch called '{name}' is known here.",
                Body = [new TextBlock($"No patch called '{name}' is known here. Check the spelling, or import the document that lists it.")],
            };
        }

        var rollouts = await session.Rollouts.OfPatchesAsync([patch.Id], cancellationToken);
        var results = await session.Lab.StandingAsync([patch.Id], cancellationToken);
        var status = LabStatus.Of(results, await LabStatus.TestersAsync(session, results, cancellationToken));
        return new ChatCard
        {
            Title = $"{patch.Id}: {patch.Facts.Title}",
            Summary = $"{patch.Id}: {status.Sentence}",
            Body =
            [
                new TextBlock(status.Sentence),
                .. rollouts.Count == 0 ? [new TextBlock("It concerns none of the rings.")] : OverviewLines.List(rollouts.Select(lines.Of)),
            ],
        };
    }

    private static CardText Line(string command, string meaning) => new(new CodeRun(command), new PlainRun($": {meaning}"));
}

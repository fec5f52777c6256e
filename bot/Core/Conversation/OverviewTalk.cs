using PatchBot.Cards;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;
using Microsoft.Extensions.Options;

namespace PatchBot.Core.Conversation;

/// <summary>Answers that only look: status, what waits for someone, the next windows, help.</summary>
public sealed class OverviewTalk(IRings rings, IRoles roles, IOptions<LabOptions> lab)
{
    private const int Lines = 15;

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
                Line("record", "a form for a lab result; the same as the card's button"),
                Line("approve", "approves the suggested window; add the ring's name if several wait"),
                Line("reject: breaks the backup agent", "rejects it, with the reason"),
                Line("defer to next month", "or: defer to 2026-12-05, next week, next window"),
                Line("withdraw: storage migration that night", "takes an approval back before its window starts"),
                Line("confirm KB5005112 on production", "says that a prerequisite is in place"),
            ]),
            new HeadingBlock("Anywhere"),
            new ListBlock(
            [
                Line("status", "what is open; status KB5032196 for one patch"),
                Line("what waits for me?", "what you can test or decide"),
                Line("windows", "the next approved windows"),
                Line("follow patches of production", "for admins; also: follow announcements of …, unfollow …"),
            ]),
        ],
    };

    public async Task<ChatCard> StatusAsync(IRecordSession session, string name, CancellationToken cancellationToken)
    {
        if (name.Length > 0)
        {
            return await PatchAsync(session, name, cancellationToken);
        }

        var open = await OpenAsync(session, cancellationToken);
        return List("Open patches", "Nothing is open: every patch that concerns a ring is decided.", open);
    }

    /// <summary>What the person can do now: test as an engineer, decide as an approver.</summary>
    public async Task<ChatCard> WaitingAsync(IRecordSession session, Person person, CancellationToken cancellationToken)
    {
        var open = await OpenAsync(session, cancellationToken);
        PatchId[] patches = [.. open.Select(rollout => rollout.Patch).Distinct()];
        var results = (await session.Lab.StandingAsync(patches, cancellationToken)).ToLookup(result => result.Patch);
        bool Tested(PatchId patch) => LabStatus.Of([.. results[patch]]).AllowsApproval(lab.Value);
        var decide = new List<Rollout>();
        foreach (var rollout in open)
        {
            if (rings.Find(rollout.Ring) is { } ring && roles.IsApprover(person.Id, ring) && Tested(rollout.Patch)
                && !(ring.Quorum > 1 && await HasDecidedAsync(session, rollout, person, cancellationToken)))
            {
                decide.Add(rollout);
            }
        }

        var test = roles.IsEngineer(person.Id) ? patches.Where(patch => !Tested(patch)).ToList() : [];
        return new ChatCard
        {
            Title = $"What waits for {person.Name}",
            Summary = $"{decide.Count} to decide, {test.Count} to test.",
            Body =
            [
                new HeadingBlock($"To decide: {decide.Count}"),
                .. Items(decide.Select(Line)),
                new HeadingBlock($"To test: {test.Count}"),
                .. Items(test.Select(patch => CardText.Code(patch.Value))),
            ],
        };
    }

    public async Task<ChatCard> WindowsAsync(IRecordSession session, CancellationToken cancellationToken)
    {
        var approved = await session.Rollouts.InStateAsync([RolloutState.Approved], 500, cancellationToken);
        var windows = approved.GroupBy(rollout => (rollout.Ring, rollout.Window!.Start)).OrderBy(same => same.Key.Start).ToList();
        return new ChatCard
        {
            Title = "Next windows",
            Summary = windows.Count == 0 ? "No window is approved." : $"{windows.Count} approved.",
            Body = windows.Count == 0
                ? [new TextBlock("No window is approved.")]
                : [.. Items(windows.Select(same => new CardText(
                    new StrongRun(Title(same.Key.Ring)), new PlainRun(" "), new TimeRun(same.Key.Start, Zone(same.Key.Ring)),
                    new PlainRun(": " + string.Join(", ", same.Select(rollout => rollout.Patch.Value))))))],
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
        var status = LabStatus.Of(await session.Lab.StandingAsync([patch.Id], cancellationToken));
        return new ChatCard
        {
            Title = $"{patch.Id}: {patch.Facts.Title}",
            Summary = $"{patch.Id}: {status.Sentence}",
            Body =
            [
                new TextBlock(status.Sentence),
                .. rollouts.Count == 0 ? [new TextBlock("It concerns none of the rings.")] : Items(rollouts.Select(Line)),
            ],
        };
    }

    private static async Task<bool> HasDecidedAsync(IRecordSession session, Rollout rollout, Person person, CancellationToken cancellationToken) =>
        (await session.Rollouts.DecisionsAsync(rollout.Id, cancellationToken))
            .Any(decision => decision.Standing && decision.By.Id == person.Id && decision.Snapshot == rollout.Snapshot.Mark);

    private static Task<IReadOnlyList<Rollout>> OpenAsync(IRecordSession session, CancellationToken cancellationToken) =>
        session.Rollouts.InStateAsync([RolloutState.Proposed, RolloutState.Deferred], 500, cancellationToken);

    private ChatCard List(string title, string none, IReadOnlyList<Rollout> rollouts) => new()
    {
        Title = title,
        Summary = rollouts.Count == 0 ? none : $"{rollouts.Count} open.",
        Body = rollouts.Count == 0 ? [new TextBlock(none)] : [.. Items(rollouts.Select(Line))],
    };

    private CardText Line(Rollout rollout) => new(
        [
            new CodeRun(rollout.Patch.Value),
            new PlainRun($" {Title(rollout.Ring)}: {rollout.State.ToString().ToLowerInvariant()}"),
            .. rollout.Window is null ? Array.Empty<CardRun>() : [new PlainRun(", "), new TimeRun(rollout.Window.Start, Zone(rollout.Ring))],
        ]);

    private static CardText Line(string command, string meaning) => new(new CodeRun(command), new PlainRun($": {meaning}"));

    private static IEnumerable<CardBlock> Items(IEnumerable<CardText> items)
    {
        var all = items.ToList();
        if (all.Count > 0)
        {
            yield return new ListBlock([.. all.Take(Lines)]);
        }

        if (all.Count > Lines)
        {
            yield return new TextBlock($"and {all.Count - Lines} more", Subtle: true);
        }
    }

    private string Title(string ring) => rings.Find(ring)?.Title ?? ring;

    private string Zone(string ring) => rings.Find(ring)?.Calendar.Zone ?? "Etc/UTC";
}

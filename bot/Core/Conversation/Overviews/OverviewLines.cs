using PatchBot.Cards;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Conversation.Overviews;

/// <summary>Rollouts and windows as lines of a list, the same on every overview.</summary>
internal sealed class OverviewLines(IRings rings)
{
    private const int Most = 15;

    public CardText Of(Rollout rollout) => new(
        [
            new CodeRun(rollout.Patch.Value),
            new PlainRun($" {Title(rollout.Ring)}: {RingFace.State(rollout.State)}"),
            .. rollout.Window is null ? Array.Empty<CardRun>() : [new PlainRun(", "), new TimeRun(rollout.Window.Start, Zone(rollout.Ring))],
        ]);

    public IEnumerable<CardBlock> Waiting(WaitingWork work) =>
    [
        new HeadingBlock($"To decide: {work.Decide.Count}"),
        .. List(work.Decide.Select(Of)),
        new HeadingBlock($"To test: {work.Test.Count}"),
        .. List(work.Test.Select(patch => CardText.Code(patch.Value))),
    ];

    /// <summary>Approved rollouts by their window, earliest first.</summary>
    public IReadOnlyList<CardText> Windows(IEnumerable<Rollout> approved) =>
    [
        .. approved.GroupBy(rollout => (rollout.Ring, rollout.Window!.Start)).OrderBy(same => same.Key.Start).Select(same => new CardText(
            new StrongRun(Title(same.Key.Ring)), new PlainRun(" "), new TimeRun(same.Key.Start, Zone(same.Key.Ring)),
            new PlainRun(": " + string.Join(", ", same.Select(rollout => rollout.Patch.Value))))),
    ];

    /// <summary>As many as a card has room for, and how many there are besides.</summary>
    public static IEnumerable<CardBlock> List(IEnumerable<CardText> items)
    {
        var all = items.ToList();
        if (all.Count > 0)
        {
            yield return new ListBlock([.. all.Take(Most)]);
        }

        if (all.Count > Most)
        {
            yield return new TextBlock($"and {all.Count - Most} more", Subtle: true);
        }
    }

    private string Title(string ring) => rings.Find(ring)?.Title ?? ring;

    private string Zone(string ring) => rings.Find(ring)?.Calendar.Zone ?? "Etc/UTC";
}

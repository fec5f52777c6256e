using PatchBot.Cards;
using PatchBot.Core.Lab;
using PatchBot.Core.People;
using PatchBot.Core.People.Links;
using PatchBot.Core.Record;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Conversation.Overviews;

/// <summary>One person's own page: what waits for them, the windows that come, and what they reported last, whichever identity they used.</summary>
public sealed class HomeCard(IRecord record, IRings rings, IRoles roles, Waiting waiting) : IHome
{
    private const int MostResults = 5;
    private const int MostRollouts = 500;

    private readonly OverviewLines lines = new(rings);

    public Task<ChatCard> DrawAsync(Person person, CancellationToken cancellationToken) =>
        record.ReadAsync((session, token) => DrawAsync(session, person, token), cancellationToken);

    public async Task<ChatCard> DrawAsync(IRecordSession session, Person person, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(person);
        var human = await session.Links.HumanAsync(person.Id, cancellationToken);
        var work = await waiting.ForAsync(session, human, cancellationToken);
        var windows = lines.Windows(await ApprovedAsync(session, human, cancellationToken));
        var results = await ResultsAsync(session, human, cancellationToken);
        return new ChatCard
        {
            Title = $"What waits for {person.Name}",
            Summary = work.Summary,
            Body =
            [
                .. lines.Waiting(work),
                new HeadingBlock("Next windows"),
                .. windows.Count == 0 ? [new TextBlock("No window is approved.", Subtle: true)] : OverviewLines.List(windows),
                new HeadingBlock("Your last lab results"),
                .. results.Count == 0 ? [new TextBlock("None yet.", Subtle: true)] : OverviewLines.List(results.Select(Line)),
            ],
        };
    }

    /// <summary>Of the rings that they decide on; whoever decides on none sees all.</summary>
    private async Task<IEnumerable<Rollout>> ApprovedAsync(IRecordSession session, Human human, CancellationToken cancellationToken)
    {
        var own = rings.All.Where(ring => roles.IsApprover(human, ring)).Select(ring => ring.Key).ToHashSet();
        var approved = await session.Rollouts.InStateAsync([RolloutState.Approved], MostRollouts, cancellationToken);
        return approved.Where(rollout => own.Count == 0 || own.Contains(rollout.Ring));
    }

    private static async Task<IReadOnlyList<LabResult>> ResultsAsync(IRecordSession session, Human human, CancellationToken cancellationToken)
    {
        var results = new List<LabResult>();
        foreach (var person in human.Identities)
        {
            results.AddRange(await session.Lab.NewestOfAsync(person, MostResults, cancellationToken));
        }

        return [.. results.OrderByDescending(result => result.Id).Take(MostResults)];
    }

    private CardText Line(LabResult result) => new(
        new CodeRun(result.Patch.Value),
        new PlainRun($": {LabWords.Of(result.Outcome)}{(result.Host.Length > 0 ? $" on {result.Host}" : "")}, "),
        new TimeRun(result.At, rings.All is [var first, ..] ? first.Calendar.Zone : "Etc/UTC"));
}

using Microsoft.Extensions.Logging;
using PatchBot.Core.Audit;
using PatchBot.Core.Delivery;
using PatchBot.Core.Patches.Sources;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Relations;
using PatchBot.Core.Rollouts;

namespace PatchBot.Core.Patches.Intake;

/// <summary>
/// Takes what a source read: same patch or new, new revision or not; stores it together with the posts that should now
/// exist or change. All of a document, or nothing of it.
/// </summary>
public sealed partial class PatchIntake(
    IRecord record, RolloutReview review, DependencyIndex dependencies, IDelivery delivery, TimeProvider clock, ILogger<PatchIntake> logger)
{
    private const int EnoughToSuspect = 10;

    /// <exception cref="SourceFormatException">The document lost more than half of its patches since it was last read.</exception>
    /// <exception cref="RecordUnavailableException">Nothing was recorded.</exception>
    public async Task<IntakeResult> TakeAsync(PatchDocument document, Person by, IntakeWish wish, CancellationToken cancellationToken)
    {
        var result = await record.WriteAsync((session, token) => TakeAsync(session, document, by, wish, token), cancellationToken);
        LogTaken(document.Origin.Source, document.Origin.Document, result.Added.Count, result.Revised.Count, result.Unlisted.Count);
        delivery.Nudge();
        return result;
    }

    private async Task<IntakeResult> TakeAsync(
        IRecordSession session, PatchDocument document, Person by, IntakeWish wish, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var origin = document.Origin;
        var records = document.Records.GroupBy(read => read.Id).ToDictionary(same => same.Key, same => FactsOf(origin, [.. same], now));
        var before = await session.Patches.ListedInAsync(origin, cancellationToken);
        var missing = before.Keys.Where(id => !records.ContainsKey(id)).Order().ToList();
        RefuseSuddenLoss(document, before.Count, missing.Count, wish);

        var seen = records
            .Select(read => new Sighting(origin, read.Key, read.Value, ContentHash.Of(read.Value), now))
            .Where(sighting => !before.TryGetValue(sighting.Patch, out var content) || content != sighting.Content)
            .ToList();
        if (seen.Count == 0 && missing.Count == 0)
        {
            return new IntakeResult(document, [], [], [], []);
        }

        PatchId[] touched = [.. seen.Select(sighting => sighting.Patch).Concat(missing).Distinct()];
        var earlier = (await session.Patches.SightingsOfAsync(touched, cancellationToken))
            .Where(sighting => sighting.Origin != origin || !records.ContainsKey(sighting.Patch))
            .Select(sighting => sighting.Origin == origin ? sighting with { Listed = false } : sighting);
        var (added, revised, released) = await SaveAsync(session, touched, [.. earlier, .. seen], now, cancellationToken);
        await session.Patches.SaveSightingsAsync(seen, cancellationToken);
        await session.Patches.UnlistAsync(origin, missing, cancellationToken);

        await NoteAsync(session, origin, by, now,
            [
                .. revised.Select(item => ("patch.revised", item.Item1, string.Join("; ", item.Item2))),
                .. added.Select(patch => ("patch.recorded", patch, $"first seen in {origin.Source} {origin.Document}")),
                .. missing.Select(patch => ("patch.unlisted", patch, $"no longer listed in {origin.Source} {origin.Document}")),
            ],
            cancellationToken);
        await dependencies.UpdateAsync(session, await session.Patches.FindAsync(touched, cancellationToken), cancellationToken);
        var known = await session.Rollouts.OfPatchesAsync(touched, cancellationToken);
        await review.ReviewAsync(session, [.. touched, .. released], cancellationToken);
        var opened = (await session.Rollouts.OfPatchesAsync(touched, cancellationToken)).ExceptBy(known.Select(rollout => rollout.Id), rollout => rollout.Id);
        var posted = wish.Post ? await PatchPosts.WantAsync(session, [.. opened.Select(rollout => rollout.Patch).Distinct()], cancellationToken) : [];
        return new IntakeResult(document, added, revised, missing, posted);
    }

    private static async Task NoteAsync(
        IRecordSession session, SightingOrigin origin, Person by, DateTimeOffset now,
        IEnumerable<(string Action, PatchId Patch, string Detail)> events, CancellationToken cancellationToken)
    {
        foreach (var (action, patch, detail) in events)
        {
            await session.Audit.AppendAsync(
                new AuditEvent(now, by.Id, action, $"patch/{patch}", AuditEvent.Fit(detail), $"{origin.Source}/{origin.Document}"), cancellationToken);
        }
    }

    // A document that lists a patch twice says both things of it.
    private static PatchFacts FactsOf(SightingOrigin origin, PatchRecord[] same, DateTimeOffset now) => same is [var only]
        ? only.Facts
        : PatchMerge.Merge([.. same.Select(read => new Sighting(origin, read.Id, read.Facts, ContentHash.Of(read.Facts), now))]);

    /// <returns>Released: what a revision no longer supersedes.</returns>
    private static async Task<(List<PatchId> Added, List<(PatchId, IReadOnlyList<string>)> Revised, List<PatchId> Released)> SaveAsync(
        IRecordSession session, PatchId[] touched, IReadOnlyList<Sighting> sightings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = (await session.Patches.FindAsync(touched, cancellationToken)).ToDictionary(patch => patch.Id);
        var (added, revised, released) = (new List<PatchId>(), new List<(PatchId, IReadOnlyList<string>)>(), new List<PatchId>());
        foreach (var same in sightings.GroupBy(sighting => sighting.Patch).OrderBy(same => same.Key))
        {
            var facts = PatchMerge.Merge([.. same]);
            var content = same.FirstOrDefault(sighting => ReferenceEquals(sighting.Facts, facts))?.Content ?? ContentHash.Of(facts);
            if (!known.TryGetValue(same.Key, out var old))
            {
                await session.Patches.SaveAsync(new Patch(same.Key, 1, content, facts, now, now), cancellationToken);
                added.Add(same.Key);
            }
            else if (old.Content != content)
            {
                var changes = PatchDifference.Between(old.Facts, facts);
                var revision = old with { Revision = old.Revision + 1, Content = content, Facts = facts, RevisedAt = now, Changes = changes };
                await session.Patches.SaveAsync(revision, cancellationToken);
                revised.Add((same.Key, changes));
                released.AddRange(old.Facts.Supersedes.Except(facts.Supersedes));
            }
        }

        return (added, revised, released);
    }

    // A list that suddenly loses half of its patches is more likely a broken answer than a withdrawal.
    private static void RefuseSuddenLoss(PatchDocument document, int before, int missing, IntakeWish wish)
    {
        if (!wish.AcceptRemovals && before >= EnoughToSuspect && missing * 2 > before)
        {
            throw new SourceFormatException(
                document.Origin.Document,
                "the list of patches",
                $"it no longer lists {missing} of the {before} patches that it listed before; if that is right, import it with --accept-removals");
        }
    }

    [LoggerMessage(1001, LogLevel.Information, "Took {Source} {Document}: {Added} new, {Revised} revised, {Unlisted} no longer listed")]
    private partial void LogTaken(string source, string document, int added, int revised, int unlisted);
}

using PatchBot.Core.Delivery;
using PatchBot.Core.Patches;
using PatchBot.Core.Record;

namespace PatchBot.Core.Rollouts;

/// <summary>Decides which channels should show a patch: those that follow a ring that runs it.</summary>
public static class PatchPosts
{
    /// <returns>Patches that some channel now shows.</returns>
    public static async Task<IReadOnlyList<PatchId>> WantAsync(
        IRecordSession session, IReadOnlyCollection<PatchId> patches, CancellationToken cancellationToken)
    {
        var rollouts = await session.Rollouts.OfPatchesAsync(patches, cancellationToken);
        var followers = await session.Channels.FollowersAsync([.. rollouts.Select(rollout => rollout.Ring).Distinct()], Topic.Patches, cancellationToken);
        var posted = new List<PatchId>();
        foreach (var same in rollouts.GroupBy(rollout => rollout.Patch).OrderBy(same => same.Key))
        {
            var channels = same.SelectMany(rollout => followers[rollout.Ring]).Distinct().ToList();
            foreach (var channel in channels)
            {
                await session.Posts.WantAsync(channel, PostSubject.Of(PatchCard.SubjectKind, same.Key.Value), null, cancellationToken);
            }

            if (channels.Count > 0)
            {
                posted.Add(same.Key);
            }
        }

        return posted;
    }
}

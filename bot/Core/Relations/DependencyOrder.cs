using PatchBot.Core.Patches;

namespace PatchBot.Core.Relations;

/// <summary>Which patch of a window goes in before which.</summary>
public static class DependencyOrder
{
    /// <summary>
    /// Prerequisites first; otherwise the given order stays. A patch that replaces a prerequisite counts as it. Where patches
    /// require each other, the earliest of the given order goes first.
    /// </summary>
    public static IReadOnlyList<PatchReview> Sort(IReadOnlyList<PatchReview> reviews)
    {
        if (reviews.Count < 2)
        {
            return reviews;
        }

        var byPatch = reviews.ToDictionary(review => review.Patch.Id);
        var sorted = Sort([.. reviews.Select(review => review.Patch)], byPatch.ToDictionary(pair => pair.Key, pair => pair.Value.Dependencies));
        return [.. sorted.Select(patch => byPatch[patch.Id])];
    }

    /// <inheritdoc cref="Sort(IReadOnlyList{PatchReview})"/>
    /// <param name="dependencies">By patch; patches that are missing here have none.</param>
    public static IReadOnlyList<Patch> Sort(IReadOnlyList<Patch> patches, IReadOnlyDictionary<PatchId, IReadOnlyList<Dependency>> dependencies)
    {
        var places = patches.Select((patch, place) => (patch.Id, place)).ToLookup(pair => pair.Id, pair => pair.place);
        var replacing = patches.SelectMany((patch, place) => patch.Facts.Supersedes.Select(older => (older, place))).ToLookup(pair => pair.older, pair => pair.place);
        var waiting = new HashSet<int>[patches.Count];
        var followers = new List<int>[patches.Count];
        for (var place = 0; place < patches.Count; place++)
        {
            (waiting[place], followers[place]) = ([], []);
        }

        for (var place = 0; place < patches.Count; place++)
        {
            foreach (var needed in dependencies.GetValueOrDefault(patches[place].Id, []).SelectMany(dependency => dependency.Needs.Patches))
            {
                foreach (var first in places[needed].Concat(replacing[needed]).Where(first => patches[first].Id != patches[place].Id))
                {
                    if (waiting[place].Add(first))
                    {
                        followers[first].Add(place);
                    }
                }
            }
        }

        return [.. Places(waiting, followers).Select(place => patches[place])];
    }

    private static List<int> Places(HashSet<int>[] waiting, List<int>[] followers)
    {
        var ready = new PriorityQueue<int, int>(Enumerable.Range(0, waiting.Length).Where(place => waiting[place].Count == 0).Select(place => (place, place)));
        var left = new SortedSet<int>(Enumerable.Range(0, waiting.Length));
        var sorted = new List<int>(waiting.Length);
        while (left.Count > 0)
        {
            // Nothing ready although something is left: a cycle, which is broken at its earliest patch.
            var place = ready.Count > 0 ? ready.Dequeue() : left.Min;
            if (!left.Remove(place))
            {
                continue;
            }

            sorted.Add(place);
            foreach (var follower in followers[place])
            {
                if (waiting[follower].Remove(place) && waiting[follower].Count == 0)
                {
                    ready.Enqueue(follower, follower);
                }
            }
        }

        return sorted;
    }
}

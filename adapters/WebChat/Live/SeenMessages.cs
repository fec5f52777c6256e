using PatchBot.Core.Conversation;

namespace PatchBot.Adapters.WebChat.Live;

/// <summary>The newest messages of a channel as pages were told of them: which version of each, and since which event.</summary>
internal sealed class SeenMessages
{
    private const int Most = 2000;
    private const int Gone = int.MaxValue;

    private readonly SortedDictionary<long, (int Version, long Event)> seen = [];
    private long forgotten;

    /// <summary>Whether the channel was looked at as a whole, so that what is not here is new.</summary>
    public bool IsWhole { get; private set; }

    public long Newest { get; private set; }

    /// <returns><see langword="false"/> when pages have that version or a newer one already.</returns>
    public bool Advance(TranscriptMessage message, long at)
    {
        if (seen.TryGetValue(message.Id, out var known) && known.Version >= message.Version)
        {
            return false;
        }

        Note(message.Id, message.Version, at);
        return true;
    }

    public bool Remove(long id, long at)
    {
        if (seen.TryGetValue(id, out var known) && known.Version == Gone)
        {
            return false;
        }

        Note(id, Gone, at);
        return true;
    }

    /// <summary>Takes what a look found, without telling anyone.</summary>
    public void TakeWhole(IEnumerable<TranscriptMessage> found, long at)
    {
        IsWhole = true;
        foreach (var message in found)
        {
            Advance(message, at);
        }
    }

    /// <summary>What of a look is news. Messages that are too old to be remembered are none.</summary>
    public IEnumerable<TranscriptMessage> News(IEnumerable<TranscriptMessage> found) =>
        found.Where(message => message.Id > forgotten && !(seen.TryGetValue(message.Id, out var known) && known.Version >= message.Version));

    /// <summary>What was known before a look began, from its oldest message on, and was not found by it.</summary>
    public IEnumerable<long> MissingFrom(IReadOnlyCollection<long> found, long oldest, long before) => seen
        .Where(known => known.Key >= oldest && known.Value.Version != Gone && known.Value.Event <= before && !found.Contains(known.Key))
        .Select(known => known.Key);

    private void Note(long id, int version, long at)
    {
        seen[id] = (version, at);
        Newest = Math.Max(Newest, id);
        if (seen.Count > Most)
        {
            forgotten = seen.First().Key;
            seen.Remove(forgotten);
        }
    }
}

using System.Text.Json;

namespace PatchBot.Tests.Teams.Outbound.Stub;

/// <param name="Thread">The root that it stands under, its own id for a root; <see langword="null"/> in chats.</param>
/// <param name="Post">As the card's data tells it.</param>
internal sealed record StubMessage(string Channel, string? Thread, string Id, long? Post, JsonElement Activity);

/// <summary>What people would see.</summary>
internal sealed class StubMessages
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Channel, string Id), StubMessage> shown = [];
    private long lastId = 1_700_000_000_000;

    public IReadOnlyList<StubMessage> Shown
    {
        get
        {
            lock (gate)
            {
                return [.. shown.Values];
            }
        }
    }

    public int Created { get; private set; }

    public int Deleted { get; private set; }

    /// <param name="thread">Empty to begin one.</param>
    public StubMessage Add(string channel, string? thread, JsonElement activity)
    {
        lock (gate)
        {
            var id = $"{++lastId}";
            Created++;
            return shown[(channel, id)] = new StubMessage(channel, thread is "" ? id : thread, id, PostOf(activity), activity.Clone());
        }
    }

    /// <returns><see langword="false"/> when there is no such message in that thread.</returns>
    public bool Replace(string channel, string? thread, string id, JsonElement activity)
    {
        lock (gate)
        {
            if (!shown.TryGetValue((channel, id), out var before) || before.Thread != thread)
            {
                return false;
            }

            shown[(channel, id)] = before with { Post = PostOf(activity), Activity = activity.Clone() };
            return true;
        }
    }

    public bool Delete(string channel, string id)
    {
        lock (gate)
        {
            var was = shown.Remove((channel, id));
            Deleted += was ? 1 : 0;
            return was;
        }
    }

    private static long? PostOf(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                if (element.TryGetProperty("patchbot", out var own) && own.TryGetProperty("post", out var post))
                {
                    return post.GetInt64();
                }

                return element.EnumerateObject().Select(member => PostOf(member.Value)).FirstOrDefault(found => found is not null);
            case JsonValueKind.Array:
                return element.EnumerateArray().Select(PostOf).FirstOrDefault(found => found is not null);
            default:
                return null;
        }
    }
}

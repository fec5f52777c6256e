using PatchBot.Core.Delivery;

namespace PatchBot.Tests.WebChat;

/// <summary>Remembers which message shows which post; the rest is the delivery's.</summary>
internal sealed class FakePosts : IPostStore
{
    private readonly Dictionary<long, string?> messages = [];

    public string? this[long postId] => messages.GetValueOrDefault(postId);

    public Task ShownAsync(long postId, int version, string? message, string? content, CancellationToken cancellationToken)
    {
        messages[postId] = message;
        return Task.CompletedTask;
    }

    public Task WantAsync(ChannelRef channel, PostSubject subject, string? thread, CancellationToken cancellationToken) => throw NotHeld();

    public Task RefreshAsync(PostSubject subject, CancellationToken cancellationToken) => throw NotHeld();

    public Task<Post?> FindAsync(long postId, CancellationToken cancellationToken) => throw NotHeld();

    public Task<Post?> FindAsync(ChannelRef channel, string message, CancellationToken cancellationToken) => throw NotHeld();

    public Task<Post?> FindAsync(ChannelRef channel, PostSubject subject, CancellationToken cancellationToken) => throw NotHeld();

    public Task<IReadOnlyList<Post>> OfSubjectAsync(PostSubject subject, CancellationToken cancellationToken) => throw NotHeld();

    public Task<ChannelRef?> LeaseAsync(string owner, DateTimeOffset now, DateTimeOffset until, IReadOnlyCollection<string> platforms, ChannelRef? only, CancellationToken cancellationToken) => throw NotHeld();

    public Task<bool> RenewAsync(ChannelRef channel, string owner, DateTimeOffset until, CancellationToken cancellationToken) => throw NotHeld();

    public Task ReleaseAsync(ChannelRef channel, string owner, DateTimeOffset? notBefore, CancellationToken cancellationToken) => throw NotHeld();

    public Task<int> WaitingAsync(ChannelRef channel, CancellationToken cancellationToken) => throw NotHeld();

    public Task<IReadOnlyList<Post>> PendingAsync(ChannelRef channel, DateTimeOffset now, int limit, CancellationToken cancellationToken) => throw NotHeld();

    public Task FailedAsync(long postId, string fault, DateTimeOffset notBefore, bool uncertain, CancellationToken cancellationToken) => throw NotHeld();

    private static NotSupportedException NotHeld() => new("The web chat leaves that to the delivery.");
}

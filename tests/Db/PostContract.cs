using PatchBot.Core.Delivery;

namespace PatchBot.Tests.Db;

/// <summary>Posts as the contracts of their store and of its leases bring them about.</summary>
public abstract class PostContract(TestEngine engine) : StoreContract(engine)
{
    private protected static readonly PostSubject Card = new("patch/KB5032196");
    private protected static readonly PostSubject Report = new("report/17");

    // The stores go by the computer's clock; whatever they note as due now is due then.
    private protected static readonly DateTimeOffset Soon = TimeProvider.System.GetUtcNow().AddMinutes(5);

    // Instants have whole milliseconds: what is wanted later shall be due later.
    private protected async Task WantAsync(ChannelRef channel, PostSubject subject, string? thread = null)
    {
        await WriteAsync(session => session.Posts.WantAsync(channel, subject, thread, Token));
        await Task.Delay(2, Token);
    }

    private protected Task<IReadOnlyList<Post>> PendingAsync(ChannelRef channel, DateTimeOffset? now = null) =>
        ReadAsync(session => session.Posts.PendingAsync(channel, now ?? Soon, 10, Token));
}

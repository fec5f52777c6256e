using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PatchBot.Cards;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;

namespace PatchBot.Tests.Support.Posts;

/// <summary>The real worker and platform, from a record to a stub of the service.</summary>
internal abstract class PostRun : IAsyncDisposable
{
    private const int Batch = 500;

    private readonly int posts;
    private readonly int conversations;
    private readonly TimeProvider clock;
    private readonly Deliverer deliverer;
    private readonly DeliveryWorker worker;

    protected PostRun(int posts, int conversations, IRecord record, TimeProvider clock, DeliveryOptions delivery, IChatPlatform platform)
    {
        (this.posts, this.conversations, this.clock, Record) = (posts, conversations, clock, record);
        deliverer = new Deliverer(record, [platform], [new Notes()], new RightOfWay(clock), Options.Create(delivery), clock, NullLogger<Deliverer>.Instance);
        worker = new DeliveryWorker(deliverer, Options.Create(delivery), clock, NullLogger<DeliveryWorker>.Instance);
    }

    /// <summary>Posts that nobody can see.</summary>
    public int Lost => posts - Shown.Distinct().Count();

    /// <summary>Messages that show what another shows.</summary>
    public int Doubled => Shown.Count - Shown.Distinct().Count();

    public abstract ArrivalCount Arrivals { get; }

    /// <summary>Requests of those that the platform's rate is about.</summary>
    public virtual int Requests => Arrivals.Requests;

    /// <summary>Messages that were ever created.</summary>
    protected abstract int Created { get; }

    /// <summary>For each message that is there, the post that it shows.</summary>
    protected abstract IReadOnlyCollection<long?> Shown { get; }

    protected IRecord Record { get; }

    /// <summary>Delivers until every post is shown as far as the record knows.</summary>
    public async Task DeliverAsync(CancellationToken cancellationToken)
    {
        await worker.StartAsync(cancellationToken);
        while (Created < posts || await AnyPendingAsync())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), clock, cancellationToken);
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        await worker.StopAsync(CancellationToken.None);
        worker.Dispose();
        deliverer.Dispose();
    }

    protected abstract Channel Channel(int number);

    protected async Task FillAsync()
    {
        for (var first = 0; first < posts; first += Batch)
        {
            await Record.WriteAsync(
                async (session, token) =>
                {
                    for (var post = first; post < Math.Min(first + Batch, posts); post++)
                    {
                        var channel = Channel(post % conversations);
                        if (post < conversations)
                        {
                            await session.Channels.SaveAsync(channel, token);
                        }

                        await session.Posts.WantAsync(channel.Ref, PostSubject.Of(Notes.KindOfNotes, $"{post}"), null, token);
                    }

                    return true;
                },
                CancellationToken.None);
        }
    }

    protected Task<bool> AnyPendingAsync() => Record.ReadAsync(
        async (session, token) =>
        {
            for (var channel = 0; channel < conversations; channel++)
            {
                if ((await session.Posts.PendingAsync(Channel(channel).Ref, clock.GetUtcNow().AddDays(1), 1, token)).Count > 0)
                {
                    return true;
                }
            }

            return false;
        },
        CancellationToken.None);

    private sealed class Notes : ICardSource
    {
        public const string KindOfNotes = "note";

        public string Kind => KindOfNotes;

        public Task<ChatCard?> DrawAsync(IRecordSession session, PostSubject subject, ChannelRef channel, CancellationToken cancellationToken) =>
            Task.FromResult<ChatCard?>(new ChatCard
            {
                Title = $"Note {subject.Key}",
                Summary = "What a card of middling size says, so that drawing and sending it costs what it costs.",
                Body = [new TextBlock("A patch was released, and somebody must decide what becomes of it.")],
                Actions = [new PressAction($"note/{subject.Key}", "Take note")],
            });
    }
}

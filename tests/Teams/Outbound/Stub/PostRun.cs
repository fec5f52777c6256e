using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Teams;
using PatchBot.Adapters.Teams.Outbound;
using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Cards;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;
using PatchBot.Core.Windows;

namespace PatchBot.Tests.Teams.Outbound.Stub;

/// <param name="Conversations">One half channels, where each post begins a thread, one half chats.</param>
internal sealed record PostRunSize(int Posts, int Conversations, int RequestsPerSecond = 50);

/// <summary>The real worker, platform and connector, from a record to a stub of the service.</summary>
internal sealed class PostRun : IAsyncDisposable
{
    private const int Batch = 500;

    private readonly PostRunSize size;
    private readonly IRecord record;
    private readonly TimeProvider clock;
    private readonly Connector connector;
    private readonly Deliverer deliverer;
    private readonly DeliveryWorker worker;
    private readonly Duplicates duplicates;

    private PostRun(PostRunSize size, IRecord record, TimeProvider clock, DeliveryOptions delivery, ConnectorStub stub, TimeSpan? longestCall)
    {
        (this.size, this.record, this.clock, Stub) = (size, record, clock, stub);
        var options = Options.Create(new TeamsOptions { RequestsPerSecond = size.RequestsPerSecond });
        connector = new Connector(
            new FakeTokens(),
            options,
            clock,
            NullLogger<Connector>.Instance,
            handler: null,
            longestCall);
        var platform = new TeamsPlatform(record, connector, new TeamsCards(new Rings([]), options));
        deliverer = new Deliverer(record, [platform], [new Notes()], Options.Create(delivery), clock, NullLogger<Deliverer>.Instance);
        worker = new DeliveryWorker(deliverer, Options.Create(delivery), clock, NullLogger<DeliveryWorker>.Instance);
        duplicates = new Duplicates(record, connector, NullLogger<Duplicates>.Instance);
    }

    public ConnectorStub Stub { get; }

    /// <summary>Posts that nobody can see.</summary>
    public int Lost => size.Posts - Stub.Messages.Shown.Select(message => message.Post).Distinct().Count();

    /// <summary>Messages that show what another shows.</summary>
    public int Doubled => Stub.Messages.Shown.Count - Stub.Messages.Shown.Select(message => message.Post).Distinct().Count();

    public static async Task<PostRun> PrepareAsync(
        PostRunSize size, IRecord record, TimeProvider clock, DeliveryOptions? delivery = null, TimeSpan? longestCall = null)
    {
        var stub = await ConnectorStub.StartAsync(clock, size.RequestsPerSecond, keepsRequests: false);
        var run = new PostRun(size, record, clock, delivery ?? new DeliveryOptions(), stub, longestCall);
        await run.FillAsync();
        return run;
    }

    /// <summary>Delivers until every post is shown as far as the record knows.</summary>
    public async Task DeliverAsync(CancellationToken cancellationToken)
    {
        await worker.StartAsync(cancellationToken);
        while (Stub.Messages.Created < size.Posts || await AnyPendingAsync())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), clock, cancellationToken);
        }
    }

    /// <summary>People look at their messages, again and again, until each post has one message and the record knows it.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        do
        {
            await ViewAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(250), clock, cancellationToken);
        }
        while (Doubled > 0 || await AnyPendingAsync());
    }

    public Task ViewAsync() => Stub.ViewAllAsync((message, post) =>
        duplicates.SettleAsync(new ChannelRef(TeamsOptions.Platform, message.Channel), message.Thread, message.Id, post, CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        await worker.StopAsync(CancellationToken.None);
        worker.Dispose();
        deliverer.Dispose();
        connector.Dispose();
        await Stub.DisposeAsync();
    }

    private static ChannelRef Channel(int number) =>
        new(TeamsOptions.Platform, number % 2 == 0 ? $"19:{number}@thread.tacv2" : $"a:{number}");

    private async Task FillAsync()
    {
        for (var first = 0; first < size.Posts; first += Batch)
        {
            await record.WriteAsync(
                async (session, token) =>
                {
                    for (var post = first; post < Math.Min(first + Batch, size.Posts); post++)
                    {
                        var channel = Channel(post % size.Conversations);
                        if (post < size.Conversations)
                        {
                            var kind = post % 2 == 0 ? ConversationKind.Channel : ConversationKind.Personal;
                            var address = new ConversationAddress(Stub.ServiceUrl, Stub.Tenant, "28:bot", kind);
                            await session.Channels.SaveAsync(new Channel(channel, channel.Id, ChannelState.Active) { Address = address.Write() }, token);
                        }

                        await session.Posts.WantAsync(channel, PostSubject.Of(Notes.KindOfNotes, $"{post}"), null, token);
                    }

                    return true;
                },
                CancellationToken.None);
        }
    }

    private Task<bool> AnyPendingAsync() => record.ReadAsync(
        async (session, token) =>
        {
            for (var channel = 0; channel < size.Conversations; channel++)
            {
                if ((await session.Posts.PendingAsync(Channel(channel), clock.GetUtcNow().AddDays(1), 1, token)).Count > 0)
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

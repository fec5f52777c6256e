using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Teams;
using PatchBot.Adapters.Teams.Outbound;
using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support.Posts;

namespace PatchBot.Tests.Teams.Outbound.Stub;

/// <param name="Conversations">One half channels, where each post begins a thread, one half chats.</param>
internal sealed record TeamsPostRunSize(int Posts, int Conversations, int RequestsPerSecond = 50);

/// <summary>The real worker, platform and connector, from a record to a stub of the connector.</summary>
internal sealed class TeamsPostRun : PostRun
{
    private readonly TimeProvider clock;
    private readonly Connector connector;
    private readonly Duplicates duplicates;

    private TeamsPostRun(TeamsPostRunSize size, IRecord record, TimeProvider clock, DeliveryOptions delivery, ConnectorStub stub, Connector connector)
        : base(size.Posts, size.Conversations, record, clock, delivery, new TeamsPlatform(record, connector, new TeamsCards(new Rings([]), Settings(size))))
    {
        (this.clock, this.connector, Stub) = (clock, connector, stub);
        duplicates = new Duplicates(record, connector, NullLogger<Duplicates>.Instance);
    }

    public ConnectorStub Stub { get; }

    public override ArrivalCount Arrivals => Stub.Limits.Arrivals;

    protected override int Created => Stub.Messages.Created;

    protected override IReadOnlyCollection<long?> Shown => [.. Stub.Messages.Shown.Select(message => message.Post)];

    public static async Task<TeamsPostRun> PrepareAsync(
        TeamsPostRunSize size, IRecord record, TimeProvider clock, DeliveryOptions? delivery = null, TimeSpan? longestCall = null)
    {
        var stub = await ConnectorStub.StartAsync(clock, size.RequestsPerSecond, keepsRequests: false);
        var connector = new Connector(new FakeTokens(), Settings(size), clock, NullLogger<Connector>.Instance, handler: null, longestCall);
        var run = new TeamsPostRun(size, record, clock, delivery ?? new DeliveryOptions(), stub, connector);
        await run.FillAsync();
        return run;
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

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        connector.Dispose();
        await Stub.DisposeAsync();
    }

    protected override Channel Channel(int number)
    {
        var (id, kind) = number % 2 == 0 ? ($"19:{number}@thread.tacv2", ConversationKind.Channel) : ($"a:{number}", ConversationKind.Personal);
        return new Channel(new ChannelRef(TeamsOptions.Platform, id), id, ChannelState.Active)
        {
            Address = new ConversationAddress(Stub.ServiceUrl, Stub.Tenant, "28:bot", kind).Write(),
        };
    }

    private static IOptions<TeamsOptions> Settings(TeamsPostRunSize size) => Options.Create(new TeamsOptions { RequestsPerSecond = size.RequestsPerSecond });
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;
using PatchBot.Tests.Support.Posts;

namespace PatchBot.Tests.Slack.Outbound.Stub;

/// <param name="Workspaces">That the conversations are spread over; each has limits of its own.</param>
internal sealed record SlackPostRunSize(int Posts, int Conversations, int Workspaces = 1);

/// <summary>The real worker, platform and client, from a record to a stub of the Web API.</summary>
internal sealed class SlackPostRun : PostRun
{
    private readonly SlackPostRunSize size;
    private readonly SlackApi api;

    private SlackPostRun(SlackPostRunSize size, IRecord record, TimeProvider clock, DeliveryOptions delivery, SlackStub stub, SlackApi api, FakeWorkspaces workspaces)
        : base(size.Posts, size.Conversations, record, clock, delivery, new SlackPlatform(record, api, workspaces, clock)) =>
        (this.size, this.api, Stub) = (size, api, stub);

    public SlackStub Stub { get; }

    public override ArrivalCount Arrivals => Stub.Arrivals;

    protected override int Created => Stub.Workspace.Created;

    protected override IReadOnlyCollection<long?> Shown => [.. Stub.Workspace.Shown.Select(message => message.Post)];

    public static async Task<SlackPostRun> PrepareAsync(
        SlackPostRunSize size, IRecord record, TimeProvider clock, DeliveryOptions? delivery = null, TimeSpan? longestCall = null)
    {
        var stub = await SlackStub.StartAsync(clock, keepsRequests: false);
        var workspaces = new FakeWorkspaces();
        workspaces.Known.AddRange(Enumerable.Range(3, Math.Max(0, size.Workspaces - 2)).Select(number => FakeWorkspaces.Of($"T{number}")));
        var api = new SlackApi(
            workspaces, Options.Create(new SlackOptions { ApiUrl = stub.Address }), new HostingEnvironment { EnvironmentName = Environments.Development },
            clock, NullLogger<SlackApi>.Instance, longestCall);
        var run = new SlackPostRun(size, record, clock, delivery ?? new DeliveryOptions(), stub, api, workspaces);
        await run.FillAsync();
        return run;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        api.Dispose();
        await Stub.DisposeAsync();
    }

    protected override Channel Channel(int number) => new(new ChannelRef(SlackOptions.Platform, $"C{number}"), $"c-{number}", ChannelState.Active)
    {
        Address = new ConversationAddress($"T{1 + number % size.Workspaces}", ConversationKind.Channel).Write(),
    };
}

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Teams;
using PatchBot.Adapters.Teams.Outbound;
using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Tests.Teams.Outbound.Stub;

namespace PatchBot.Tests.Teams.Outbound;

/// <summary>A connector and the stub that it speaks to.</summary>
internal sealed class ConnectorOnStub : IAsyncDisposable
{
    public static readonly ConversationId Chat = new("a:chat", null);

    private ConnectorOnStub(ConnectorStub stub, TimeProvider clock, TimeSpan? longestCall)
    {
        Stub = stub;
        Connector = new Connector(
            new FakeTokens(), Options.Create(new TeamsOptions()), clock, NullLogger<Connector>.Instance, handler: null, longestCall);
    }

    public ConnectorStub Stub { get; }

    public Connector Connector { get; }

    public ConversationAddress InChannel => new(Stub.ServiceUrl, Stub.Tenant, "28:bot", ConversationKind.Channel);

    public ConversationAddress InChat => new(Stub.ServiceUrl, Stub.Tenant, "28:bot", ConversationKind.Personal);

    public PersonAddress Ana => new("29:ana", Stub.ServiceUrl, Stub.Tenant, "28:bot");

    public static async Task<ConnectorOnStub> StartAsync(TimeProvider? clock = null, TimeSpan? longestCall = null)
    {
        clock ??= TimeProvider.System;
        return new ConnectorOnStub(await ConnectorStub.StartAsync(clock), clock, longestCall);
    }

    public ValueTask DisposeAsync()
    {
        Connector.Dispose();
        return Stub.DisposeAsync();
    }
}

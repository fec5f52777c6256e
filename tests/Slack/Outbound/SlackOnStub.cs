using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Tests.Slack.Outbound.Stub;

namespace PatchBot.Tests.Slack.Outbound;

/// <summary>A client and the stub that it speaks to.</summary>
internal sealed class SlackOnStub : IAsyncDisposable
{
    public const string Channel = "C1";

    private SlackOnStub(SlackStub stub, TimeProvider clock, TimeSpan? longestCall, string environment, ILogger<SlackApi>? logger)
    {
        Stub = stub;
        Api = new SlackApi(
            Workspaces, Options.Create(new SlackOptions { ApiUrl = stub.Address }), new HostingEnvironment { EnvironmentName = environment },
            clock, logger ?? NullLogger<SlackApi>.Instance, longestCall);
    }

    public SlackStub Stub { get; }

    public FakeWorkspaces Workspaces { get; } = new();

    public SlackApi Api { get; }

    public static async Task<SlackOnStub> StartAsync(
        TimeProvider? clock = null, TimeSpan? longestCall = null, string? environment = null, ILogger<SlackApi>? logger = null)
    {
        clock ??= TimeProvider.System;
        return new SlackOnStub(await SlackStub.StartAsync(clock), clock, longestCall, environment ?? Environments.Development, logger);
    }

    public static SlackMessage Message(long? post = null, string text = "the words of a secret message") => new(
        text, Encoding.UTF8.GetBytes("""[{"type":"section","text":{"type":"plain_text","text":"the words of a secret message"}}]"""), post)
    {
        PlainText = "the words alone",
    };

    /// <summary>Posts in workspace T1, without patience for the limits.</summary>
    public Task<string> PostAsync(long? post = null, string? thread = null, string channel = Channel, string workspace = "T1") =>
        Api.PostAsync(workspace, channel, thread, Message(post), TimeSpan.Zero, Support.Some.Token);

    public ValueTask DisposeAsync()
    {
        Api.Dispose();
        return Stub.DisposeAsync();
    }
}

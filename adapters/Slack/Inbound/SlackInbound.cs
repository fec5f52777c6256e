using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PatchBot.Adapters.Slack.Inbound.Events;
using PatchBot.Adapters.Slack.Inbound.Interactions;
using PatchBot.Adapters.Slack.Trust;

namespace PatchBot.Adapters.Slack.Inbound;

internal static class SlackInbound
{
    /// <summary>Each takes all that Slack calls with; an app may name one for all, or one for each kind.</summary>
    public static readonly string[] Paths = ["/slack/events", "/slack/interactivity", "/slack/interactive", "/slack/commands"];

    /// <summary>
    /// Adds <see cref="ISlackDeliveries"/> and the calls over HTTP. Needs <see cref="SlackOptions"/>,
    /// <see cref="Install.IWorkspaces"/>, <see cref="Outbound.ISlackApi"/>, <see cref="Core.Record.IRecord"/>,
    /// <see cref="Core.Conversation.IConversation"/> and <see cref="Wire.WireServices.AddWire"/>.
    /// </summary>
    public static IServiceCollection AddSlackInbound(this IServiceCollection services) => services
        .AddSingleton<SignatureCheck>()
        .AddSingleton<RefusalLog>()
        .AddSingleton<SlackDoor>()
        .AddSingleton<ISlackDeliveries, SlackDeliveries>()
        .AddSingleton<Acquaintances>()
        .AddSingleton<PersonNames>()
        .AddSingleton<ChannelNames>()
        .AddSingleton<Answering>()
        .AddSingleton<MessageTurns>()
        .AddSingleton<ChannelTurns>()
        .AddSingleton<InstallationTurns>()
        .AddSingleton<Reconciliation>()
        .AddSingleton<MissedMessages>()
        .AddSingleton<HistoryReading>()
        .AddSingleton<Silences>()
        .AddSingleton<BackgroundService, ReconciliationWorker>()
        .AddSingleton<HomeTab>()
        .AddSingleton<Actors>()
        .AddSingleton<PostCards>()
        .AddSingleton<Presses>()
        .AddSingleton<Submissions>()
        .AddSingleton<Shortcuts>()
        .AddSingleton<Commands>();

    public static void MapSlackInbound(this IEndpointRouteBuilder endpoints)
    {
        var door = endpoints.ServiceProvider.GetRequiredService<SlackDoor>();
        foreach (var path in Paths)
        {
            endpoints.MapPost(path, door.HandleAsync);
        }
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Slack.Inbound;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Slack.Install.OAuth;
using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Adapters.Slack.Socket;
using PatchBot.Adapters.Wire;
using PatchBot.Core;
using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.Slack;

public static class SlackServices
{
    /// <summary>
    /// Adds the platform <c>slack</c>. Needs <see cref="SlackOptions"/>, <see cref="Core.Record.IRecord"/> and
    /// <see cref="Core.Conversation.IConversation"/>; serves once <see cref="SlackEndpoints.MapSlack"/> is called.
    /// </summary>
    public static IServiceCollection AddSlack(this IServiceCollection services) => services
        .AddWire()
        .AddSlackInstall()
        .AddSlackApi()
        .AddSlackInbound()
        .AddSlackSockets()
        .AddSingleton<SlackAcquaintance>()
        .AddSingleton<IDoctor, SlackDoctor>();

    private static IServiceCollection AddSlackInstall(this IServiceCollection services) => services
        .AddSingleton<AppCalls>()
        .AddSingleton<Seal>()
        .AddSingleton<Installations>()
        .AddSingleton<TokenRenewal>()

        // The delivery writes through this platform, whose workspaces raise the alarms: it is looked up once there is one.
        .AddSingleton(provider => new Lazy<IDelivery>(provider.GetRequiredService<IDelivery>))
        .AddSingleton<SlackAlarms>()
        .AddSingleton<ICardSource, AlarmCard>()
        .AddSingleton<IWorkspaces>(provider => provider.GetRequiredService<IOptions<SlackOptions>>().Value.IsInstalledByOAuth
            ? ActivatorUtilities.CreateInstance<InstalledWorkspaces>(provider)
            : ActivatorUtilities.CreateInstance<OneWorkspace>(provider))
        .AddSingleton<BackgroundService, WorkspaceWatch>()
        .AddSingleton<InstallBrake>()
        .AddSingleton<NewInstallation>()
        .AddSingleton<InstallEndpoints>();

    private static IServiceCollection AddSlackSockets(this IServiceCollection services) => services
        .AddSingleton<SocketTimes>()
        .AddSingleton<SocketDoor>()
        .AddSingleton<EnvelopeTurns>()
        .AddSingleton<ISocketAlarm>(provider => provider.GetRequiredService<SlackAlarms>())
        .AddSingleton<SocketWorker>()
        .AddSingleton<BackgroundService>(provider => provider.GetRequiredService<SocketWorker>())
        .AddSingleton<ILifeline>(provider => provider.GetRequiredService<SocketWorker>());
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;

namespace PatchBot.Adapters.Slack.Outbound;

internal static class SlackOutbound
{
    /// <summary>Needs <see cref="Install.IWorkspaces"/>.</summary>
    public static IServiceCollection AddSlackApi(this IServiceCollection services) => services
        .AddSingleton<ISlackApi, SlackApi>()
        .AddSingleton<IChatPlatform, SlackPlatform>()
        .AddSingleton<UserGroups>()
        .AddSingleton<IPersonGroups>(provider => provider.GetRequiredService<UserGroups>())
        .AddSingleton<BackgroundService>(provider => provider.GetRequiredService<UserGroups>());
}

using Microsoft.Extensions.DependencyInjection;
using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.Teams.Outbound;

internal static class TeamsOutbound
{
    /// <summary>Needs <see cref="Trust.IServiceTokens"/> and <see cref="TeamsCards"/>.</summary>
    public static IServiceCollection AddTeamsConnector(this IServiceCollection services) => services
        .AddSingleton<IConnector, Connector>()
        .AddSingleton<IChatPlatform, TeamsPlatform>()
        .AddSingleton<Duplicates>();
}

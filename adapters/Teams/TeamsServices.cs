using Microsoft.Extensions.DependencyInjection;
using PatchBot.Adapters.Teams.Inbound;
using PatchBot.Adapters.Teams.Outbound;
using PatchBot.Adapters.Teams.Trust;
using PatchBot.Adapters.Wire;
using PatchBot.Core;
using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.Teams;

public static class TeamsServices
{
    /// <summary>
    /// Adds the platform <c>teams</c>. Needs <see cref="TeamsOptions"/>, <see cref="Core.Record.IRecord"/> and
    /// <see cref="Core.Conversation.IConversation"/>; serves once <see cref="TeamsEndpoints.MapTeams"/> is called.
    /// </summary>
    public static IServiceCollection AddTeams(this IServiceCollection services) => services
        .AddWire()
        .AddTeamsTrust()
        .AddTeamsConnector()
        .AddSingleton<TeamsCards>()
        .AddSingleton<Acquaintances>()
        .AddSingleton<Roster>()
        .AddSingleton<Answering>()
        .AddSingleton<DuplicateWatch>()
        .AddSingleton<Refreshes>()
        .AddSingleton<MessageTurns>()
        .AddSingleton<Invokes>()
        .AddSingleton<ChannelHappenings>()
        .AddSingleton<MessagesEndpoint>()
        .AddSingleton<IDoctor, TeamsDoctor>();
}

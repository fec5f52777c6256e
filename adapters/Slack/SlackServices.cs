using Microsoft.Extensions.DependencyInjection;
using PatchBot.Adapters.Wire;

namespace PatchBot.Adapters.Slack;

public static class SlackServices
{
    /// <summary>
    /// Adds the platform <c>slack</c>. Needs <see cref="SlackOptions"/>, <see cref="Core.Record.IRecord"/> and
    /// <see cref="Core.Conversation.IConversation"/>; serves once <see cref="SlackEndpoints.MapSlack"/> is called.
    /// </summary>
    public static IServiceCollection AddSlack(this IServiceCollection services) => services
        .AddWire();
}

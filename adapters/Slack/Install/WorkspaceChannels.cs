using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.Slack.Install;

internal static class WorkspaceChannels
{
    extension(IChannelStore channels)
    {
        /// <summary>The channels that one installation writes to.</summary>
        public async Task<IReadOnlyList<ChannelRef>> OfWorkspaceAsync(string workspace, CancellationToken cancellationToken) =>
        [
            .. (await channels.ListAsync(SlackOptions.Platform, cancellationToken))
                .Where(channel => ConversationAddress.Read(channel.Address)?.Workspace == workspace).Select(channel => channel.Ref),
        ];
    }
}

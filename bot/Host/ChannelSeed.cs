using Microsoft.Extensions.Options;
using PatchBot.Adapters.WebChat;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Windows;

namespace PatchBot.Host;

/// <summary>
/// Makes the web chat's channels known. A channel that is new follows every ring from the start, so that a newcomer's
/// patches appear. What an admin changes later stays changed, so a ring that is added later is followed by no channel until
/// an admin says so (<c>follow patches of …</c>); the doctor names such rings.
/// </summary>
internal sealed class ChannelSeed(IRecord record, IOptions<WebChatOptions> options, IRings rings, ChannelDesk desk)
{
    public async Task SowAsync(CancellationToken cancellationToken) => await record.WriteAsync(
        async (session, token) =>
        {
            foreach (var channel in options.Value.ActiveChannels())
            {
                if (await session.Channels.FindAsync(channel.Ref, token) is { } known)
                {
                    var named = known with { Name = channel.Name };
                    if (known.State == ChannelState.Stopped)
                    {
                        // It may have been stopped while it was missing from the settings.
                        await desk.ActivateAsync(session, named, Person.Bot.Id, "named in the settings", "", token);
                    }
                    else if (known != named)
                    {
                        await session.Channels.SaveAsync(named, token);
                    }

                    continue;
                }

                await session.Channels.SaveAsync(channel, token);
                var topic = channel.Ref.Id.Contains("announce", StringComparison.OrdinalIgnoreCase) ? Topic.Announcements : Topic.Patches;
                foreach (var ring in rings.All)
                {
                    await session.Channels.SubscribeAsync(new Subscription(channel.Ref, ring.Key, topic), token);
                }
            }

            return true;
        },
        cancellationToken);
}

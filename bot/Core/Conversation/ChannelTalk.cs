using PatchBot.Core.Delivery;
using PatchBot.Core.Record;

namespace PatchBot.Core.Conversation;

/// <summary>Channels as they come and go. Platforms tell some of it more than once, so only what changes is remembered.</summary>
public sealed class ChannelTalk(ChannelDesk desk)
{
    public async Task<Answer> HappenedAsync(IRecordSession session, ChatEvent happened, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var known = await session.Channels.FindAsync(happened.Channel, cancellationToken);
        switch (happened)
        {
            case ChannelOpened opened:
                await OpenAsync(session, opened, known, cancellationToken);
                break;
            case ChannelClosed closed:
                await desk.StopAsync(session, closed.Channel, closed.By.Id, closed.Reason, Origin(closed), cancellationToken);
                break;
            case ChannelRenamed renamed when known is not null && renamed.Name.Length > 0 && known.Name != renamed.Name:
                await session.Channels.SaveAsync(known with { Name = renamed.Name }, cancellationToken);
                break;
        }

        return Answer.None;
    }

    private async Task OpenAsync(IRecordSession session, ChannelOpened opened, Channel? known, CancellationToken cancellationToken)
    {
        var name = opened.Name.Length > 0 ? opened.Name : known?.Name ?? opened.Channel.Id;
        var channel = (known ?? new Channel(opened.Channel, name, ChannelState.Active)) with { Name = name, Address = opened.Address };
        if (known is not { State: ChannelState.Active })
        {
            await desk.ActivateAsync(session, channel, opened.By.Id, name, Origin(opened), cancellationToken);
        }
        else if (known != channel)
        {
            await session.Channels.SaveAsync(channel, cancellationToken);
        }

        // One greeting, however often a channel is opened.
        if (opened.Greets && await session.Posts.FindAsync(opened.Channel, WelcomeCard.SubjectFor(opened.Alone), cancellationToken) is null)
        {
            await session.Posts.WantAsync(opened.Channel, WelcomeCard.SubjectFor(opened.Alone), null, cancellationToken);
        }
    }

    private static string Origin(ChatEvent happened) => $"{happened.Channel}/{happened.DeliveryKey}";
}

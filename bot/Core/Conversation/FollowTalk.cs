using PatchBot.Cards;
using PatchBot.Core.Audit;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.People.Links;
using PatchBot.Core.Record;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Conversation;

/// <summary>What a channel follows: "follow patches of production", "unfollow announcements of pilot".</summary>
public sealed class FollowTalk(IRings rings, IRoles roles, ChannelDesk desk, TimeProvider clock)
{
    public async Task<Answer> SaidAsync(IRecordSession session, MessagePosted said, FollowCommand command, CancellationToken cancellationToken)
    {
        if (!roles.IsAdmin(await session.Links.HumanAsync(said.By.Id, cancellationToken)))
        {
            return new NoticeAnswer(Tone.Warning, "Only an admin can change what a channel follows.");
        }

        if (rings.Find(command.Ring) is not { } ring)
        {
            return new NoticeAnswer(Tone.Warning, $"There is no ring called '{command.Ring}'. Rings: {string.Join(", ", rings.All.Select(known => known.Key))}.");
        }

        var what = command.Topic switch { Topic.Patches => "patches", Topic.Announcements => "announcements" };
        var subscription = new Subscription(said.Channel, ring.Key, command.Topic);
        var changed = command.Follow
            ? await session.Channels.SubscribeAsync(subscription, cancellationToken)
            : await session.Channels.UnsubscribeAsync(subscription, cancellationToken);

        // Whoever asks for posts here says that the channel can take them again.
        if (command.Follow && await session.Channels.FindAsync(said.Channel, cancellationToken) is { State: ChannelState.Stopped } stopped)
        {
            await desk.ActivateAsync(session, stopped, said.By.Id, "", $"{said.Channel}/{said.Message}", cancellationToken);
        }

        if (!changed)
        {
            return new NoticeAnswer(Tone.Neutral, command.Follow ? $"This channel follows {what} of {ring.Title} already." : $"This channel did not follow {what} of {ring.Title}.");
        }

        await session.Audit.AppendAsync(
            new AuditEvent(
                clock.GetUtcNow(), said.By.Id, command.Follow ? "channel.followed" : "channel.unfollowed", said.Channel.AuditSubject,
                $"{what} of {ring.Key}", $"{said.Channel}/{said.Message}"),
            cancellationToken);
        await WelcomeCard.FollowsChangedAsync(session, said.Channel, cancellationToken);
        return new NoticeAnswer(Tone.Good, command.Follow
            ? $"This channel now follows {what} of {ring.Title}."
            : $"This channel no longer follows {what} of {ring.Title}.");
    }
}

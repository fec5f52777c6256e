using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Adapters.Wire;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Slack.Inbound.Events;

/// <summary>Asked in, removed, renamed, archived: what people do with the bot's channels.</summary>
internal sealed class ChannelTurns(
    IConversation conversation, IRecord record, Acquaintances acquaintances, PersonNames names, ChannelNames channelNames, UnrecordedLog unrecorded)
{
    /// <summary>Why a channel closed, for the admins.</summary>
    public const string Archived = "The channel was archived.";

    private const string Removed = "PatchBot was removed from the channel.";

    /// <summary>Whether it may concern a channel of the bot's.</summary>
    public static bool IsOne(Delivered delivered) => delivered.Event.Type switch
    {
        "member_joined_channel" or "member_left_channel" => delivered.Event.User == delivered.Workspace.BotUser,
        "channel_left" or "group_left"
            or "channel_archive" or "group_archive" or "channel_unarchive" or "group_unarchive"
            or "channel_rename" or "group_rename" or "channel_deleted" or "group_deleted" or "channel_id_changed" => true,
        _ => false,
    };

    public async Task<Acknowledgement> TakeAsync(Delivered delivered)
    {
        var told = delivered.Event;
        var id = told.Type == "channel_id_changed" ? told.OldChannelId : told.Channel?.Id;
        if (!SlackIds.IsOne(id) || !SlackIds.IsOne(delivered.Id))
        {
            return Acknowledgement.Empty;
        }

        try
        {
            await HappenedAsync(delivered, new ChannelRef(SlackOptions.Platform, id));
            return Acknowledgement.Empty;
        }
        catch (RecordUnavailableException fault)
        {
            unrecorded.Write("What happened to a channel on Slack", $"{told.Type} of {id}", fault);
            return Acknowledgement.Again;
        }
    }

    private async Task HappenedAsync(Delivered delivered, ChannelRef channel)
    {
        var (told, key) = (delivered.Event, DeliveryKeys.Event(delivered.Id));
        acquaintances.Forget(channel);
        if (told.Type == "member_joined_channel")
        {
            await OpenAsync(delivered, channel, await ByAsync(delivered, told.Inviter), greets: true);
            return;
        }

        // Slack tells of all public channels; the bot's own are those that it knows.
        if (await record.ReadAsync((session, token) => session.Channels.FindAsync(channel, token), CancellationToken.None) is not { } known)
        {
            return;
        }

        switch (told.Type)
        {
            case "member_left_channel" or "channel_left" or "group_left":
                await CloseAsync(await ByAsync(delivered, told.ActorId), Removed);
                break;
            case "channel_archive" or "group_archive":
                await CloseAsync(await ByAsync(delivered, told.User), Archived);
                break;
            case "channel_deleted" or "group_deleted":
                await CloseAsync(await ByAsync(delivered, told.User ?? told.ActorId), "The channel was deleted.");
                break;
            case "channel_unarchive" or "group_unarchive":
                await OpenAsync(delivered, channel, await ByAsync(delivered, told.User), greets: false);
                break;
            case "channel_rename" or "group_rename":
                await conversation.HandleAsync(new ChannelRenamed(channel, Person.Bot, key, ChannelNames.Clean(told.Channel?.Name)), CancellationToken.None);
                break;
            case "channel_id_changed" when SlackIds.IsOne(told.NewChannelId):
                await MoveAsync(known, new ChannelRef(SlackOptions.Platform, told.NewChannelId), key);
                break;
        }

        Task CloseAsync(Person by, string why) => conversation.HandleAsync(new ChannelClosed(channel, by, key, why), CancellationToken.None);
    }

    private async Task OpenAsync(Delivered delivered, ChannelRef channel, Person by, bool greets)
    {
        var address = new ConversationAddress(delivered.Workspace.Id, await acquaintances.KindOfAsync(channel, CancellationToken.None));
        await conversation.HandleAsync(
            new ChannelOpened(channel, by, DeliveryKeys.Event(delivered.Id), "", address.Write(), address.Kind == ConversationKind.Direct, greets), CancellationToken.None);
        channelNames.Learn(delivered.Workspace.Id, channel);
    }

    // The same channel under another id: what it followed goes on; cards that stand there keep the old one and are not edited any more.
    private async Task MoveAsync(Channel known, ChannelRef now, string key)
    {
        await conversation.HandleAsync(new ChannelOpened(now, Person.Bot, key, known.Name, known.Address, Alone: false, Greets: false), CancellationToken.None);
        await record.WriteAsync(
            async (session, token) =>
            {
                foreach (var subscription in (await session.Channels.SubscriptionsAsync(token)).Where(subscription => subscription.Channel == known.Ref))
                {
                    await session.Channels.SubscribeAsync(subscription with { Channel = now }, token);
                    await session.Channels.UnsubscribeAsync(subscription, token);
                }

                return true;
            },
            CancellationToken.None);
        await conversation.HandleAsync(
            new ChannelClosed(known.Ref, Person.Bot, $"{key}/old", $"Slack gave the channel another id, {now.Id}. What it followed goes on there."), CancellationToken.None);
    }

    private async Task<Person> ByAsync(Delivered delivered, string? user)
    {
        if (!SlackIds.IsOne(user) || user == delivered.Workspace.BotUser)
        {
            return Person.Bot;
        }

        var person = delivered.PersonOf(user, null);
        return new Person(person, await names.OfAsync(delivered.Workspace, person, user, user));
    }
}

using PatchBot.Adapters.Teams.Outbound;
using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Adapters.Wire;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Teams.Inbound;

/// <summary>Installed, removed, renamed, archived: what a team or chat does with the bot and with its channels.</summary>
internal sealed class ChannelHappenings(
    IConversation conversation, IRecord record, Acquaintances acquaintances, Roster roster, IConnector connector, BackgroundTurns background)
{
    /// <exception cref="RecordUnavailableException">Nothing was recorded; the platform may say it again.</exception>
    public async Task TakeAsync(Activity activity)
    {
        if (Happening.Of(activity) is not { } happening)
        {
            return;
        }

        var channels = happening.WholeTeam ? await OfTeamAsync(happening) : [happening.Channel];
        foreach (var channel in channels)
        {
            acquaintances.Forget(channel);
            await conversation.HandleAsync(happening.EventIn(channel), CancellationToken.None);
        }

        if (happening.Kind == HappeningKind.Opened && Scene.Of(activity) is { } scene && scene.Channel == happening.Channel)
        {
            background.Run("an acquaintance on Teams", () => acquaintances.MeetAsync(scene, CancellationToken.None));
        }

        if (happening.Kind == HappeningKind.Opened && happening.Address.Kind != ConversationKind.Personal)
        {
            background.Run("who is in a conversation on Teams", () => roster.MeetAsync(happening.Address, ConversationId.Read(happening.Channel.Id), CancellationToken.None));
        }

        if (happening is { Kind: HappeningKind.Opened, TeamId: { } team })
        {
            background.Run("the names of channels on Teams", () => NameAsync(happening, team));
        }
    }

    /// <summary>The channels of the team that the bot knows, and the one that the event is about.</summary>
    private async Task<IReadOnlyList<ChannelRef>> OfTeamAsync(Happening happening)
    {
        var known = await record.ReadAsync((session, token) => session.Channels.ListAsync(TeamsOptions.Platform, token), CancellationToken.None);
        var ofTeam = known.Where(channel => ConversationAddress.Read(channel.Address)?.TeamId == happening.TeamId).Select(channel => channel.Ref);
        return [.. (happening.Kind == HappeningKind.Opened ? ofTeam.Prepend(happening.Channel) : ofTeam).Distinct()];
    }

    // An installation says which channel, but not what it is called.
    private async Task NameAsync(Happening happening, string team)
    {
        try
        {
            foreach (var channel in await connector.ChannelsAsync(happening.Address, team, CancellationToken.None))
            {
                if (channel.Id is { } id && happening.Channel.Id == id)
                {
                    var name = happening.TeamName is { Length: > 0 } of ? $"{of} › {channel.Name ?? "General"}" : channel.Name ?? "General";
                    await conversation.HandleAsync(
                        new ChannelRenamed(happening.Channel, Person.Bot, $"{happening.Key}/name", name), CancellationToken.None);
                }
            }
        }
        catch (DeliveryException)
        {
            // It goes by its id until somebody renames it.
        }
    }
}

using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Cards;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Slack.Outbound;

/// <summary>Slack, seen from the delivery worker.</summary>
internal sealed class SlackPlatform(IRecord record, ISlackApi api, IWorkspaces workspaces, TimeProvider clock) : IChatPlatform
{
    /// <summary>Within the deliverer's time for one post, together with the call itself; a longer wait leaves the worker to other channels.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>How old a message may be that nobody noted: a database that was away for longer than that is out of the ordinary.</summary>
    public static readonly TimeSpan LookBack = TimeSpan.FromDays(1);

    public string Name => SlackOptions.Platform;

    public async Task<string?> PostAsync(ChannelRef channel, string? thread, ChatCard card, long postId, bool doubt, CancellationToken cancellationToken)
    {
        var address = await AddressAsync(channel, cancellationToken);
        var message = SlackCards.Post(card, postId);
        if (doubt && await api.FindPostsAsync(address.Workspace, channel.Id, thread, postId, clock.GetUtcNow() - LookBack, Patience, cancellationToken) is [_, ..] found)
        {
            return await SettleAsync(address, channel, found, message, cancellationToken);
        }

        return await api.PostAsync(address.Workspace, channel.Id, thread, message, Patience, cancellationToken);
    }

    public async Task EditAsync(MessageRef message, string? thread, ChatCard card, long postId, CancellationToken cancellationToken)
    {
        var address = await AddressAsync(message.Channel, cancellationToken);
        await api.UpdateAsync(address.Workspace, message.Channel.Id, message.Message, SlackCards.Post(card, postId), Patience, cancellationToken);
    }

    public async Task<ChannelRef?> DirectAsync(PersonId person, CancellationToken cancellationToken)
    {
        if (person.Platform != Name || UserGroups.IsGroup(person))
        {
            return null;
        }

        var known = await record.ReadAsync((session, token) => session.People.FindAsync([person], token), cancellationToken) is [var met] ? met : null;
        if (known?.Direct is { } open)
        {
            return open;
        }

        // Slack lets the bot write to whoever is in the workspace, met or not.
        var address = PersonAddress.Read(known?.Address ?? "")
            ?? (await workspaces.OfAsync(person.Tenant, person.Tenant, cancellationToken) is { } home ? new PersonAddress(home.Id, person.ObjectId) : null);
        if (address is null || await api.OpenDirectAsync(address.Workspace, address.User, cancellationToken) is not { } chat)
        {
            return null;
        }

        var name = known?.Name ?? (await api.UserAsync(address.Workspace, address.User, cancellationToken))?.Name ?? person.ObjectId;
        return await RememberAsync(new KnownPerson(person, name, address.Write()), address, new ChannelRef(Name, chat), cancellationToken);
    }

    /// <summary>One message stays, that under which people talk; others that show the same go.</summary>
    private async Task<string> SettleAsync(
        ConversationAddress address, ChannelRef channel, IReadOnlyList<FoundPost> found, SlackMessage message, CancellationToken cancellationToken)
    {
        var kept = found.FirstOrDefault(post => post.HasReplies, found[0]);
        await BringUpToDateAsync(address, channel, kept.Ts, message, cancellationToken);
        foreach (var twin in found.Where(post => post != kept && !post.HasReplies))
        {
            await api.DeleteAsync(address.Workspace, channel.Id, twin.Ts, Patience, cancellationToken);
        }

        return kept.Ts;
    }

    // What was sent may be of an older version by now. Where it cannot be edited any more, it is there all the same, and a second one would be one too many.
    private async Task BringUpToDateAsync(ConversationAddress address, ChannelRef channel, string found, SlackMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await api.UpdateAsync(address.Workspace, channel.Id, found, message, Patience, cancellationToken);
        }
        catch (MessageGoneException)
        {
            // The next change of the card meets the same, and is posted anew.
        }
    }

    private async Task<ConversationAddress> AddressAsync(ChannelRef channel, CancellationToken cancellationToken) =>
        await record.ReadAsync(
            async (session, token) => ConversationAddress.Read((await session.Channels.FindAsync(channel, token))?.Address ?? ""), cancellationToken)
        ?? throw new DeliveryException($"Which workspace Slack conversation '{channel.Id}' belongs to is not known; mention the bot there.", permanent: false);

    private Task<ChannelRef> RememberAsync(KnownPerson known, PersonAddress address, ChannelRef chat, CancellationToken cancellationToken) => record.WriteAsync(
        async (session, token) =>
        {
            var before = await session.Channels.FindAsync(chat, token);
            await session.Channels.SaveAsync(
                new Channel(chat, before?.Name ?? known.Name, before?.State ?? ChannelState.Active)
                {
                    Address = new ConversationAddress(address.Workspace, ConversationKind.Direct).Write(),
                },
                token);
            await session.People.SaveAsync(known with { Direct = chat }, token);
            return chat;
        },
        cancellationToken);
}

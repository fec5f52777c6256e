using System.Collections.Concurrent;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Slack.Inbound;

/// <summary>Remembers how conversations and people are reached, as each delivery tells it. What has not changed costs no look into the record.</summary>
internal sealed class Acquaintances(IRecord record, IWorkspaces workspaces, ChannelNames names)
{
    private const int MostRemembered = 20_000;

    private readonly ConcurrentDictionary<ChannelRef, ConversationAddress> channels = new();
    private readonly ConcurrentDictionary<PersonId, (PersonAddress Address, string Name, ChannelRef? Direct)> people = new();

    /// <param name="channelName">As the delivery tells it; empty when it does not.</param>
    /// <exception cref="RecordUnavailableException">Nothing was remembered.</exception>
    public ValueTask MeetAsync(Scene scene, string channelName, CancellationToken cancellationToken)
    {
        ChannelRef? direct = scene.Kind == ConversationKind.Direct ? scene.Channel : null;
        var channelKnown = channels.TryGetValue(scene.Channel, out var known) && known == scene.Address;
        var personKnown = people.TryGetValue(scene.By.Id, out var person)
            && (person.Address, person.Name) == (scene.Person, scene.By.Name) && (direct is null || direct == person.Direct);
        return channelKnown && personKnown ? ValueTask.CompletedTask : new ValueTask(RememberAsync(scene, channelName, direct, cancellationToken));
    }

    /// <returns><see langword="null"/> when nothing usable is known of the conversation.</returns>
    /// <exception cref="RecordUnavailableException">It cannot be known now.</exception>
    public ValueTask<ConversationAddress?> AddressOfAsync(ChannelRef channel, CancellationToken cancellationToken) =>
        channels.TryGetValue(channel, out var known) ? ValueTask.FromResult<ConversationAddress?>(known) : new ValueTask<ConversationAddress?>(LookUpAsync(channel, cancellationToken));

    /// <summary>What kind of conversation it is, where a delivery does not say.</summary>
    /// <exception cref="RecordUnavailableException">It cannot be known now.</exception>
    public async ValueTask<ConversationKind> KindOfAsync(ChannelRef channel, CancellationToken cancellationToken) =>
        (await AddressOfAsync(channel, cancellationToken))?.Kind ?? ConversationKind.Channel;

    /// <summary>What is remembered of it may be outdated: it is looked up anew.</summary>
    public void Forget(ChannelRef channel) => channels.TryRemove(channel, out _);

    private async Task<ConversationAddress?> LookUpAsync(ChannelRef channel, CancellationToken cancellationToken)
    {
        var kept = await record.ReadAsync((session, token) => session.Channels.FindAsync(channel, token), cancellationToken);
        return ConversationAddress.Read(kept?.Address ?? "");
    }

    private async Task RememberAsync(Scene scene, string channelName, ChannelRef? direct, CancellationToken cancellationToken)
    {
        var (channel, person) = await record.WriteAsync(
            async (session, token) => (await ChannelAsync(session, scene, channelName, token), await PersonAsync(session, scene, direct, token)), cancellationToken);

        // What the delivery told counts as known, though another installation that sees the same may be the one that is kept.
        Bound(channels)[scene.Channel] = scene.Address;
        Bound(people)[scene.By.Id] = (scene.Person, scene.By.Name, person.Direct);
        if (channel.Name == channel.Ref.Id && scene.Kind != ConversationKind.Direct)
        {
            names.Learn(scene.Workspace.Id, scene.Channel);
        }
    }

    private async Task<Channel> ChannelAsync(IRecordSession session, Scene scene, string name, CancellationToken cancellationToken)
    {
        var before = await session.Channels.FindAsync(scene.Channel, cancellationToken);
        var called = name.Length > 0 ? name : scene.Kind == ConversationKind.Direct ? scene.By.Name : scene.Channel.Id;
        var kept = ConversationAddress.Read(before?.Address ?? "");
        var stays = kept is not null && kept.Kind == scene.Kind && kept.Workspace != scene.Workspace.Id && await IsInstalledAsync(kept.Workspace, cancellationToken);
        var after = before switch
        {
            null => new Channel(scene.Channel, called, ChannelState.Active) { Address = scene.Address.Write() },
            { Name: var known } when known == scene.Channel.Id => before with { Name = called, Address = stays ? before.Address : scene.Address.Write() },
            _ => before with { Address = stays ? before.Address : scene.Address.Write() },
        };
        if (after != before)
        {
            await session.Channels.SaveAsync(after, cancellationToken);
        }

        return after;
    }

    private async Task<KnownPerson> PersonAsync(IRecordSession session, Scene scene, ChannelRef? direct, CancellationToken cancellationToken)
    {
        var before = await session.People.FindAsync([scene.By.Id], cancellationToken) is [var found] ? found : null;
        var kept = PersonAddress.Read(before?.Address ?? "");
        var stays = kept is not null && kept.User == scene.User && kept.Workspace != scene.Workspace.Id && await IsInstalledAsync(kept.Workspace, cancellationToken);

        // An id in place of a name is no news.
        var name = scene.By.Name == scene.User && before is not null ? before.Name : scene.By.Name;
        var after = new KnownPerson(scene.By.Id, name, stays ? before!.Address : scene.Person.Write(), direct ?? before?.Direct);
        if (after != before)
        {
            await session.People.SaveAsync(after, cancellationToken);
        }

        return after;
    }

    // A shared channel and its people are reached by either side's installation; the one that is kept is as good.
    private async Task<bool> IsInstalledAsync(string workspace, CancellationToken cancellationToken) =>
        await workspaces.OfAsync(workspace, workspace, cancellationToken) is not null;

    // Only a shortcut: emptied now and then, it fills again by itself.
    private static ConcurrentDictionary<TKey, TValue> Bound<TKey, TValue>(ConcurrentDictionary<TKey, TValue> remembered)
        where TKey : notnull
    {
        if (remembered.Count >= MostRemembered)
        {
            remembered.Clear();
        }

        return remembered;
    }
}

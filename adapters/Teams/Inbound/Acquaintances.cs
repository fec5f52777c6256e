using System.Collections.Concurrent;
using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Teams.Inbound;

/// <summary>Remembers how channels and people are reached, as each call tells it. What has not changed costs no look into the record.</summary>
internal sealed class Acquaintances(IRecord record)
{
    private const int MostRemembered = 20_000;

    private readonly ConcurrentDictionary<ChannelRef, ConversationAddress> channels = new();
    private readonly ConcurrentDictionary<PersonId, (PersonAddress Address, ChannelRef? Direct)> people = new();

    /// <exception cref="RecordUnavailableException">Nothing was remembered.</exception>
    public async Task MeetAsync(Scene scene, CancellationToken cancellationToken)
    {
        // A message that does not mention the bot arrives only where it may read everything.
        var heard = scene.Activity.Type == "message" && !scene.ToBot && scene.Address.Kind != ConversationKind.Personal && scene.Activity.Value is null;
        var channelKnown = channels.TryGetValue(scene.Channel, out var known)
            && known with { HearsAll = false } == scene.Address with { HearsAll = false } && (known.HearsAll || !heard);
        ChannelRef? direct = scene.Address.Kind == ConversationKind.Personal ? scene.Channel : null;
        var personKnown = people.TryGetValue(scene.By.Id, out var person) && person.Address == scene.Person && (direct is null || direct == person.Direct);
        if (channelKnown && personKnown)
        {
            return;
        }

        var address = await record.WriteAsync(
            async (session, token) =>
            {
                var before = await session.Channels.FindAsync(scene.Channel, token);
                var hears = heard || ConversationAddress.Read(before?.Address ?? "") is { HearsAll: true };
                var after = (before ?? new Channel(scene.Channel, NameOf(scene), ChannelState.Active)) with
                {
                    Address = (scene.Address with { HearsAll = hears }).Write(),
                };
                if (after != before)
                {
                    await session.Channels.SaveAsync(after, token);
                }

                var metBefore = await session.People.FindAsync([scene.By.Id], token) is [var found] ? found : null;
                var met = new KnownPerson(scene.By.Id, scene.By.Name, scene.Person.Write(), direct ?? metBefore?.Direct);
                if (met != metBefore)
                {
                    await session.People.SaveAsync(met, token);
                }

                return scene.Address with { HearsAll = hears };
            },
            cancellationToken);
        Bound(channels)[scene.Channel] = address;
        Bound(people)[scene.By.Id] = (scene.Person, direct ?? person.Direct);
    }

    /// <summary>What is remembered of it may be outdated: it is looked up anew.</summary>
    public void Forget(ChannelRef channel) => channels.TryRemove(channel, out _);

    private static string NameOf(Scene scene) => scene.Activity switch
    {
        { Conversation.Name: { Length: > 0 } name } => name,
        _ when scene.Address.Kind == ConversationKind.Personal => scene.By.Name,
        { ChannelData.Channel.Name: { Length: > 0 } name } => name,
        { ChannelData.Team.Name: { Length: > 0 } name } => name,
        _ => scene.Channel.Id,
    };

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

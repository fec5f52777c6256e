using Microsoft.Extensions.Options;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Core;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Windows;

namespace PatchBot.Adapters.Slack;

/// <summary>What of the settings Slack has shown to the bot, for the doctor: channels, what they follow, and people.</summary>
internal sealed class SlackAcquaintance(IOptions<PeopleOptions> people, IRings rings)
{
    private const int MostNamed = 10;

    public async Task<IReadOnlyList<Finding>> ExamineAsync(IRecordSession session, CancellationToken cancellationToken)
    {
        var channels = await session.Channels.ListAsync(SlackOptions.Platform, cancellationToken);
        var shared = channels.Where(channel => ConversationAddress.Read(channel.Address) is not { Kind: ConversationKind.Direct }).ToList();
        var subscriptions = (await session.Channels.SubscriptionsAsync(cancellationToken)).Where(subscription => subscription.Channel.Platform == SlackOptions.Platform).ToList();
        return
        [
            shared.Count == 0
                ? Finding.Note("The bot is in no channel of Slack yet.", "In a channel of Slack, write: /invite @PatchBot")
                : Finding.Ok($"Known in Slack: {Some([.. shared.Select(Named)])}; chats with one person: {channels.Count - shared.Count}."),
            .. await StrangersAsync(session, cancellationToken),
            .. Idle(shared, subscriptions),
            .. shared.Count == 0 ? [] : Unfollowed(subscriptions),
        ];
    }

    private static string Named(Channel channel) => channel.State == ChannelState.Stopped ? $"{channel.Name} (stopped)" : channel.Name;

    private async Task<IReadOnlyList<Finding>> StrangersAsync(IRecordSession session, CancellationToken cancellationToken)
    {
        var named = people.Value.Admins.Select(person => (Person: new PersonId(person), Role: "admin"))
            .Concat(people.Value.Engineers.Where(person => person != PeopleOptions.Everyone).Select(person => (Person: new PersonId(person), Role: "engineer")))
            .Concat(rings.All.SelectMany(ring => ring.Approvers.Select(person => (Person: person, Role: "approver"))))
            .Where(known => known.Person.Platform == SlackOptions.Platform && !IsGroup(known.Person))
            .ToLookup(known => known.Person, known => known.Role);
        var met = (await session.People.FindAsync([.. named.Select(person => person.Key)], cancellationToken))
            .Where(person => PersonAddress.Read(person.Address) is not null).Select(person => person.Id).ToHashSet();
        var strangers = named.Where(person => !met.Contains(person.Key)).Select(person => $"{person.Key} ({string.Join(", ", person.Distinct())})").ToList();
        return strangers.Count == 0 ? [] :
        [
            Finding.Note(
                $"People of the settings whom the bot has not met in Slack: {Some(strangers)}.",
                "Each writes to the bot once, such as: help. Who has done so is named here with a wrong id: compare it, in capital letters, with the right workspace."),
        ];
    }

    private static IEnumerable<Finding> Idle(List<Channel> shared, List<Subscription> subscriptions)
    {
        var following = subscriptions.Select(subscription => subscription.Channel).ToHashSet();
        var idle = shared.Where(channel => channel.State == ChannelState.Active && !following.Contains(channel.Ref)).Select(channel => channel.Name).ToList();
        return idle.Count == 0 ? [] :
        [
            Finding.Note($"Channels of Slack that follow nothing: {Some(idle)}.", "An admin writes there what they should follow, such as: @PatchBot follow patches of RING. Or leave it so."),
        ];
    }

    private IEnumerable<Finding> Unfollowed(List<Subscription> subscriptions)
    {
        var followed = subscriptions.Where(subscription => subscription.Topic == Topic.Patches).Select(subscription => subscription.Ring).ToHashSet(StringComparer.Ordinal);
        var rest = rings.All.Select(ring => ring.Key).Where(ring => !followed.Contains(ring)).ToList();
        return rest.Count == 0 ? [] :
        [
            Finding.Note($"No channel in Slack follows {Some(rest)}, so these patches are not posted there.", $"An admin writes in a channel: @PatchBot follow patches of {rest[0]}"),
        ];
    }

    // A user group is nobody whom the bot could meet.
    private static bool IsGroup(PersonId person) => person.ObjectId.StartsWith('S');

    private static string Some(List<string> names) =>
        string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");
}

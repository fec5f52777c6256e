using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Adapters.Wire;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;

namespace PatchBot.Adapters.Teams.Inbound;

internal enum HappeningKind
{
    Opened,
    Closed,
    Renamed,
}

/// <summary>One event about a channel or team, as far as it concerns the bot.</summary>
/// <param name="Channel">The channel that it names; of a team's event the one that it came to.</param>
/// <param name="WholeTeam">It is about every channel of the team.</param>
/// <param name="Reason">Why it closed, as a sentence.</param>
internal sealed record Happening(
    HappeningKind Kind, ChannelRef Channel, ConversationAddress Address, Person By, string Key, bool WholeTeam, string Name, string Reason)
{
    public string? TeamId => Address.TeamId;

    public string? TeamName { get; init; }

    public bool Greets { get; init; }

    public ChatEvent EventIn(ChannelRef channel) => Kind switch
    {
        HappeningKind.Opened => new ChannelOpened(
            channel, By, KeyIn(channel), channel == Channel ? Name : "", Address.Write(), Address.Kind == ConversationKind.Personal, Greets && channel == Channel),
        HappeningKind.Closed => new ChannelClosed(channel, By, KeyIn(channel), Reason),
        HappeningKind.Renamed => new ChannelRenamed(channel, By, KeyIn(channel), Name),
    };

    /// <returns><see langword="null"/> for what does not concern the bot, such as a person who joined.</returns>
    public static Happening? Of(Activity activity)
    {
        if (activity is not { Conversation.Id: { Length: > 0 and <= 300 } conversation, ServiceUrl: { Length: > 0 } service, TenantId: { Length: > 0 } tenant, Recipient.Id: { Length: > 0 } bot }
            || !AddressParts.Fit(service) || !AddressParts.Fit(tenant) || !AddressParts.Fit(bot) || !AddressParts.Fit(activity.ChannelData?.Team?.Id)
            || KindOf(activity) is not var (kind, wholeTeam, reason))
        {
            return null;
        }

        var data = activity.ChannelData;
        var named = data?.Settings?.SelectedChannel?.Id ?? data?.Channel?.Id ?? ConversationId.Read(conversation).Channel;
        var person = activity.From?.AadObjectId is { Length: > 0 } id && PersonId.IsOne($"{TeamsOptions.Platform}:{tenant}:{id}")
            ? new Person(PersonId.Of(TeamsOptions.Platform, tenant.ToLowerInvariant(), id.ToLowerInvariant()), activity.From.Name ?? id)
            : Person.Bot;
        var address = Scene.AddressOf(activity, service, tenant, bot);
        return named.Length > 300 ? null : new Happening(
            kind, new ChannelRef(TeamsOptions.Platform, named), address, person, DeliveryKeys.Of(activity),
            wholeTeam && address.TeamId is not null, NameOf(activity, address), reason)
        {
            TeamName = data?.Team?.Name,
            Greets = activity.Type == "installationUpdate",
        };
    }

    private static (HappeningKind Kind, bool WholeTeam, string Reason)? KindOf(Activity activity)
    {
        if (activity.Type == "installationUpdate")
        {
            return activity.Action?.ToLowerInvariant() switch
            {
                "add" or "add-upgrade" or "upgrade" => (HappeningKind.Opened, true, ""),
                "remove" or "remove-upgrade" => (HappeningKind.Closed, true, "PatchBot was removed there."),
                _ => null,
            };
        }

        if (Holds(activity.MembersAdded, activity))
        {
            return (HappeningKind.Opened, true, "");
        }

        if (Holds(activity.MembersRemoved, activity))
        {
            return (HappeningKind.Closed, true, "PatchBot was removed there.");
        }

        return activity.ChannelData?.EventType?.ToLowerInvariant() switch
        {
            "channelrestored" => (HappeningKind.Opened, false, ""),
            "channeldeleted" => (HappeningKind.Closed, false, "The channel was deleted."),
            "channelrenamed" => (HappeningKind.Renamed, false, ""),
            "teamarchived" => (HappeningKind.Closed, true, "The team was archived."),
            "teamdeleted" => (HappeningKind.Closed, true, "The team was deleted."),
            "teamunarchived" or "teamrestored" => (HappeningKind.Opened, true, ""),
            _ => null,
        };
    }

    private static bool Holds(IReadOnlyList<Account?>? members, Activity activity) =>
        members?.Any(member => member?.Id is { Length: > 0 } id && id == activity.Recipient?.Id) == true;

    private static string NameOf(Activity activity, ConversationAddress address) => activity switch
    {
        _ when address.Kind == ConversationKind.Personal => activity.From?.Name ?? "",
        { ChannelData: { Team.Name: { Length: > 0 } team, Channel.Name: { Length: > 0 } channel } } => $"{team} › {channel}",
        { ChannelData.Channel.Name: { Length: > 0 } channel } => channel,
        { Conversation.Name: { Length: > 0 } name } when activity.ChannelData?.Team?.Name is { Length: > 0 } team => $"{team} › {name}",
        { Conversation.Name: { Length: > 0 } name } => name,
        { ChannelData.Team.Name: { Length: > 0 } team } => team,
        _ => "",
    };

    private string KeyIn(ChannelRef channel) => channel == Channel ? Key : DeliveryKey.Fit($"{Key}/{channel.Id}");
}

using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;

namespace PatchBot.Adapters.Teams.Inbound;

/// <summary>Where something happened and who did it, of a caller that is verified.</summary>
internal sealed record Scene(Activity Activity, ConversationId Conversation, ConversationAddress Address, Person By, PersonAddress Person)
{
    public ChannelRef Channel => Conversation.Ref;

    /// <summary>Root of the thread that it happened in; <see langword="null"/> for a root itself and where there are no threads.</summary>
    public string? Thread => Conversation.Thread is { } root && root != Activity.Id ? root : null;

    /// <summary>Where to answer: in the thread, in chats below.</summary>
    public ConversationId ThreadOfAnswer =>
        Address.Kind == ConversationKind.Channel ? Conversation with { Thread = Conversation.Thread ?? Activity.Id } : Conversation with { Thread = null };

    /// <summary>Someone pressed a button or sent a form here.</summary>
    public ActionPressed Pressed(Press press, string key) => new(
        Channel, By, key, Activity.ReplyToId ?? Conversation.Thread ?? Activity.Id ?? "", Conversation.Thread, press.Action, press.Inputs);

    /// <summary>The chat is with the bot alone. A missing type is no proof of that: only what Teams calls personal counts.</summary>
    public bool IsAlone => Activity.Conversation?.ConversationType == "personal";

    public bool ToBot => Address.Kind == ConversationKind.Personal || IsPrivate || Mentions.OfBot(Activity);

    /// <summary>It was written among others so that only the bot sees it; what answers it is for the writer alone.</summary>
    public bool IsPrivate => Activity.Recipient?.IsTargeted == true;

    /// <returns><see langword="null"/> when it does not say who and where: nobody can be held to it.</returns>
    public static Scene? Of(Activity activity)
    {
        if (activity is not
            {
                Conversation.Id: { Length: > 0 } conversation, ServiceUrl: { Length: > 0 } service, TenantId: { Length: > 0 } tenant,
                From: { Id: { Length: > 0 } from, AadObjectId: { Length: > 0 } person }, Recipient.Id: { Length: > 0 } bot,
            }
            || conversation.Length > 300 || !PersonId.IsOne($"{TeamsOptions.Platform}:{tenant}:{person}")
            || !AddressParts.Fit(from) || !AddressParts.Fit(service) || !AddressParts.Fit(bot) || !AddressParts.Fit(tenant) || !AddressParts.Fit(activity.ChannelData?.Team?.Id))
        {
            return null;
        }

        // Platforms spell ids in one way; people who copy them into settings do not.
        var by = new Person(PersonId.Of(TeamsOptions.Platform, tenant.ToLowerInvariant(), person.ToLowerInvariant()), activity.From.Name is { Length: > 0 } name ? name : person);
        return new Scene(
            activity, ConversationId.Read(conversation), AddressOf(activity, service, tenant, bot), by, new PersonAddress(from, service, tenant, bot));
    }

    public static ConversationAddress AddressOf(Activity activity, string service, string tenant, string bot) => new(
        service, tenant, bot,
        activity.Conversation?.ConversationType switch
        {
            "personal" => ConversationKind.Personal,
            "channel" => ConversationKind.Channel,
            "groupChat" => ConversationKind.GroupChat,

            // The type may be absent; a team is where channels are.
            _ => activity.ChannelData?.Team is not null ? ConversationKind.Channel
                : activity.Conversation?.IsGroup == true ? ConversationKind.GroupChat : ConversationKind.Personal,
        },
        activity.ChannelData?.Team?.Id);
}

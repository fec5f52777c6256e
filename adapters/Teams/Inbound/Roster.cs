using PatchBot.Adapters.Teams.Outbound;
using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Windows;

namespace PatchBot.Adapters.Teams.Inbound;

/// <summary>
/// Asks a conversation who is in it, so that approvers and admins can be reached before they have said a word: their cards
/// refresh by themselves, and a stopped channel is told to them. Nobody else is remembered.
/// </summary>
internal sealed class Roster(IConnector connector, IRecord record, IRoles roles, IRings rings)
{
    /// <exception cref="RecordUnavailableException">Nobody was remembered.</exception>
    public async Task MeetAsync(ConversationAddress address, ConversationId conversation, CancellationToken cancellationToken)
    {
        var wanted = new List<KnownPerson>();
        try
        {
            await foreach (var member in connector.MembersAsync(address, conversation, cancellationToken))
            {
                if (PersonOf(member, address) is { } person && HasPart(person.Id))
                {
                    wanted.Add(person);
                }
            }
        }
        catch (Exception fault) when (fault is DeliveryException or DeliveryPostponedException)
        {
            // They are met when they write or press.
        }

        if (wanted.Count == 0)
        {
            return;
        }

        await record.WriteAsync(
            async (session, token) =>
            {
                foreach (var person in wanted)
                {
                    await session.People.SaveAsync(person, token);
                }

                return true;
            },
            cancellationToken);
    }

    private static KnownPerson? PersonOf(Member member, ConversationAddress address) =>
        (member.AadObjectId ?? member.ObjectId) is { Length: > 0 } id && member.Id is { Length: > 0 } known
            && PersonId.IsOne($"{TeamsOptions.Platform}:{address.TenantId}:{id}")
            ? new KnownPerson(
                PersonId.Of(TeamsOptions.Platform, address.TenantId.ToLowerInvariant(), id.ToLowerInvariant()),
                member.Name is { Length: > 0 } name ? name : id,
                new PersonAddress(known, address.ServiceUrl, address.TenantId, address.BotId).Write())
            : null;

    private bool HasPart(PersonId person) => HasPart(Human.Alone(person));

    private bool HasPart(Human human) => roles.IsAdmin(human) || rings.All.Any(ring => roles.IsApprover(human, ring));
}

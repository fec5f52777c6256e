using Microsoft.Extensions.Options;
using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Cards;
using PatchBot.Cards.AdaptiveCards;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;
using PatchBot.Core.Windows;

namespace PatchBot.Adapters.Teams;

/// <summary>Cards and forms as Teams shows them, UTF-8 JSON.</summary>
internal sealed class TeamsCards(IRings rings, IOptions<TeamsOptions> options)
{
    /// <summary>The card of a post: it names the post, and the approvers whose view keeps itself up to date.</summary>
    public async Task<byte[]> PostAsync(
        IRecordSession session, ConversationAddress address, ChatCard card, long postId, CancellationToken cancellationToken)
    {
        var approvers = rings.All.SelectMany(ring => ring.Approvers)
            .Where(person => person.Platform == TeamsOptions.Platform && person.Tenant.Equals(address.TenantId, StringComparison.OrdinalIgnoreCase)).Distinct().ToList();
        var known = await session.People.FindAsync(approvers, cancellationToken);
        return AdaptiveCardRenderer.Render(card, new AdaptiveCardOptions
        {
            PostId = postId,
            BotName = options.Value.Package.Name,
            MentionNeeded = address is { Kind: not ConversationKind.Personal, HearsAll: false },
            RefreshUserIds = [.. known.OrderBy(person => person.Id.Value, StringComparer.Ordinal).Select(person => PersonAddress.Read(person.Address)?.Id).OfType<string>()],
        });
    }

    /// <summary>A card that answers and is no post.</summary>
    public static byte[] Reply(ChatCard card) => AdaptiveCardRenderer.Render(card, new AdaptiveCardOptions());

    /// <summary>A form as a message of its own. It names no post: its message is not the post's.</summary>
    public static byte[] Form(CardForm form) => AdaptiveCardRenderer.Render(form, new AdaptiveCardFormOptions { StandsAlone = true });

    /// <param name="error">What was wrong with what was sent before.</param>
    /// <param name="typed">What was typed before.</param>
    public static byte[] Dialog(CardForm form, long? post, string error = "", IReadOnlyDictionary<string, string>? typed = null) =>
        AdaptiveCardRenderer.Render(form, new AdaptiveCardFormOptions
        {
            PostId = post,
            Error = error,
            Typed = typed ?? new Dictionary<string, string>(),
            Once = Guid.NewGuid().ToString("n"),
        });
}

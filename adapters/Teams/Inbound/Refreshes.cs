using System.Collections.Concurrent;
using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Cards;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Teams.Inbound;

/// <summary>
/// Shows the card of a post as it is now to one person. Only looks; after each edit up to sixty people's clients ask at
/// once, so what was drawn for one is shown to all.
/// </summary>
internal sealed class Refreshes(IRecord record, IEnumerable<ICardSource> sources, TeamsCards cards)
{
    private const int MostKept = 200;

    private readonly Dictionary<string, ICardSource> sources = sources.ToDictionary(source => source.Kind);
    private readonly ConcurrentDictionary<long, Drawn> kept = new();

    public async Task<InvokeAnswer> AnswerAsync(Scene scene, Press press)
    {
        try
        {
            return await ShowAsync(scene, press) is { } card
                ? InvokeAnswer.Card(card.Span)
                : InvokeAnswer.Error(404, "NotFound", "This card is not kept any more. Ask with: status");
        }
        catch (RecordUnavailableException)
        {
            return InvokeAnswer.Error(500, "NotShown", "The database does not answer, so the card may lag behind. Try again shortly.");
        }
    }

    private Task<ReadOnlyMemory<byte>?> ShowAsync(Scene scene, Press press) => record.ReadAsync<ReadOnlyMemory<byte>?>(
        async (session, token) =>
        {
            // What a channel shows may be shown to whoever is in it; the id alone shows nothing.
            if (press.Post is not { } id || await session.Posts.FindAsync(id, token) is not { } post || post.Channel != scene.Channel)
            {
                return null;
            }

            if (kept.TryGetValue(id, out var drawn) && drawn.Version == post.WantedVersion)
            {
                return drawn.Card;
            }

            if (!sources.TryGetValue(post.Subject.Kind, out var source) || await source.DrawAsync(session, post.Subject, post.Channel, token) is not { } card)
            {
                return null;
            }

            var address = ConversationAddress.Read((await session.Channels.FindAsync(post.Channel, token))?.Address ?? "") ?? scene.Address;
            return Keep(id, new Drawn(post.WantedVersion, await cards.PostAsync(session, address, card, id, token)));
        },
        CancellationToken.None);

    private ReadOnlyMemory<byte> Keep(long id, Drawn drawn)
    {
        if (kept.Count >= MostKept)
        {
            kept.Clear();
        }

        kept[id] = drawn;
        return drawn.Card;
    }

    private sealed record Drawn(int Version, ReadOnlyMemory<byte> Card);
}

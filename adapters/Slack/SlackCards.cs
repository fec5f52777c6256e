using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Cards;
using PatchBot.Cards.BlockKit;

namespace PatchBot.Adapters.Slack;

/// <summary>Cards as messages of Slack.</summary>
internal static class SlackCards
{
    /// <summary>The card of a post: its buttons and its metadata name the post.</summary>
    public static SlackMessage Post(ChatCard card, long postId) => Of(card, postId);

    /// <summary>A card that answers and is no post.</summary>
    public static SlackMessage Reply(ChatCard card) => Of(card, null);

    private static SlackMessage Of(ChatCard card, long? post)
    {
        var message = BlockKitRenderer.Message(card, new BlockKitOptions { PostId = post });
        return new SlackMessage(message.Text, message.Blocks, post) { PlainText = BlockKitRenderer.Plain(card) };
    }
}

using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Cards;
using PatchBot.Cards.PlainText;

namespace PatchBot.Adapters.Slack;

/// <summary>Cards as Slack shows them.</summary>
internal static class SlackCards
{
    // Slack refuses a longer text in an edit.
    private const int MostText = 4_000;

    /// <summary>The card of a post.</summary>
    public static SlackMessage Post(ChatCard card, long postId) => new(Escaped(PlainTextRenderer.Render(card)), default, postId);

    private static string Escaped(string text)
    {
        var escaped = text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
        return escaped.Length <= MostText ? escaped : $"{escaped[..(MostText - 1)]}…";
    }
}

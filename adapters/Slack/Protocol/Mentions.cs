using System.Text.RegularExpressions;

namespace PatchBot.Adapters.Slack.Protocol;

/// <summary>Mentions by user id, <c>&lt;@U123&gt;</c> or <c>&lt;@U123|name&gt;</c>: Slack escapes what people type, so nobody can write one by hand.</summary>
internal static class Mentions
{
    private static readonly Regex Spaces = new(@"[ \t\u00A0]+", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>Whether the bot is meant.</summary>
    public static bool Of(string text, string botUser) => Next(text, botUser, 0).Start >= 0;

    /// <summary>
    /// What was said, without the words that mention the bot. Other people's mentions stay: "@Ana approve" asks Ana, also
    /// when the bot is mentioned before, and in the chat with the bot alone.
    /// </summary>
    public static string Strip(string text, string botUser)
    {
        for (var mention = Next(text, botUser, 0); mention.Start >= 0; mention = Next(text, botUser, mention.Start))
        {
            text = string.Concat(text.AsSpan(0, mention.Start), " ", text.AsSpan(mention.End));
        }

        text = Spaces.Replace(text, " ").Trim();

        // What stands first now is somebody else's, and must not be taken for the bot's.
        return text.StartsWith("<@", StringComparison.Ordinal) || text.StartsWith("<!", StringComparison.Ordinal) ? $"@PatchBot {text}" : text;
    }

    private static (int Start, int End) Next(string text, string user, int from)
    {
        for (var at = text.IndexOf("<@", from, StringComparison.Ordinal); user.Length > 0 && at >= 0; at = text.IndexOf("<@", at + 2, StringComparison.Ordinal))
        {
            var rest = text.AsSpan(at + 2);
            if (rest.StartsWith(user, StringComparison.Ordinal) && rest.Length > user.Length && rest[user.Length] is '>' or '|' && rest.IndexOf('>') is > 0 and var end)
            {
                return (at, at + 2 + end + 1);
            }
        }

        return (-1, -1);
    }
}

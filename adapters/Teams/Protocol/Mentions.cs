using System.Text.RegularExpressions;

namespace PatchBot.Adapters.Teams.Protocol;

/// <summary>Mentions as the platform vouches for them: by entity, since anybody can type the markup.</summary>
internal static class Mentions
{
    private static readonly Regex Spaces = new(@"[ \t\u00A0]+", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>Whether the bot is meant.</summary>
    public static bool OfBot(Activity activity) => Texts(activity).Any();

    /// <summary>
    /// What was said, without the words that mention the bot. Other people's mentions stay: "@Ana approve" asks Ana, also
    /// when the bot is mentioned before.
    /// </summary>
    public static string Strip(Activity activity)
    {
        var text = activity.Text ?? "";
        foreach (var mention in Texts(activity).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            text = text.Replace(mention, " ", StringComparison.OrdinalIgnoreCase);
        }

        text = Spaces.Replace(text, " ").Trim();

        // What stands first now is somebody else's, and must not be taken for the bot's.
        return text.StartsWith("<at", StringComparison.OrdinalIgnoreCase) ? $"@PatchBot {text}" : text;
    }

    private static IEnumerable<string> Texts(Activity activity) => (activity.Entities ?? [])
        .Where(entity => entity is { Type: "mention", Text.Length: > 0, Mentioned.Id: { Length: > 0 } id } && id == activity.Recipient?.Id)
        .Select(entity => entity!.Text!);
}

namespace PatchBot.Host.Commands;

/// <summary>
/// Tells settings on the command line (<c>--Section:Key value</c>, <c>--Section:Key=value</c>) from the words of commands,
/// so that a mistyped command is refused instead of taken for a setting.
/// </summary>
internal static class SettingWords
{
    // Settings without a section.
    private static readonly string[] Single = ["Urls", "AllowedHosts", "environment", "contentRoot"];

    /// <returns>The settings as <c>--key=value</c>; a fault, in one line, when one has no value.</returns>
    public static (string[] Words, string[] Settings, string? Fault) Split(IReadOnlyList<string> args)
    {
        var (words, settings) = (new List<string>(), new List<string>());
        for (var at = 0; at < args.Count; at++)
        {
            if (Name(args[at]) is not { } name)
            {
                words.Add(args[at]);
            }
            else if (args[at].Contains('=', StringComparison.Ordinal))
            {
                settings.Add(args[at]);
            }
            else if (at + 1 < args.Count && !args[at + 1].StartsWith("--", StringComparison.Ordinal))
            {
                settings.Add($"--{name}={args[++at]}");
            }
            else
            {
                return ([], [], $"{args[at]} needs a value: --{name}=VALUE");
            }
        }

        return ([.. words], [.. settings], null);
    }

    private static string? Name(string word)
    {
        if (!word.StartsWith("--", StringComparison.Ordinal))
        {
            return null;
        }

        var name = word[2..].Split('=')[0];
        return name.Contains(':', StringComparison.Ordinal) || Single.Contains(name, StringComparer.OrdinalIgnoreCase) ? name : null;
    }
}

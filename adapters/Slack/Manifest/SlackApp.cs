using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PatchBot.Core;

namespace PatchBot.Adapters.Slack.Manifest;

/// <summary>The app as it is made in Slack from a manifest.</summary>
/// <param name="Name">What people see, and write after an @; at most 35 characters.</param>
/// <param name="Command">The slash command.</param>
/// <param name="Sockets">The bot opens sockets; otherwise Slack calls <paramref name="Url"/>.</param>
/// <param name="Url">Where the outside reaches the bot.</param>
public sealed partial record SlackApp(string Name, string Command, bool Sockets, Uri? Url)
{
    private const int LongestName = 35;

    /// <summary>Workspaces install the app by themselves.</summary>
    public bool ForOAuth { get; init; }

    /// <summary>The app can be installed in a whole organisation (Enterprise Grid).</summary>
    public bool ForOrganisations { get; init; }

    /// <summary>Tokens end after twelve hours and are renewed. Slack lets nobody turn that off again.</summary>
    public bool RotatesTokens { get; init; }

    /// <summary>The app icon's ground, as <c>#rrggbb</c>.</summary>
    public string BackgroundColor { get; init; } = "#4f52b2";

    /// <summary>Why there can be no manifest, each under the name of what is wrong; empty when there can.</summary>
    public IEnumerable<SettingFault> Faults()
    {
        if (Name.Length is 0 or > LongestName || Name.Trim().Length == 0 || Name.Any(char.IsControl))
        {
            yield return new(nameof(Name), Name, $"write a name of 1 to {LongestName} characters in one line");
        }

        if (!Commands().IsMatch(Command))
        {
            yield return new(nameof(Command), Command, "write a slash and up to 31 lower-case letters, digits, - or _, such as /patchbot");
        }

        if (Url is { Scheme: not "https" } or { UserInfo.Length: > 0 } or { PathAndQuery: not "/" } or { Fragment.Length: > 0 })
        {
            yield return new(nameof(Url), "", "write where the outside reaches the bot, https and without a path, such as https://patchbot.example.com");
        }
        else if (Url is null && !Sockets)
        {
            yield return new(nameof(Url), "", "Slack must know where to call; write where it reaches the bot, such as https://patchbot.example.com, or let the bot open sockets");
        }
        else if (Url is null && (ForOAuth || RotatesTokens))
        {
            yield return new(nameof(Url), "", "write where browsers reach the bot, such as https://patchbot.example.com; Slack sends them back there after an installation");
        }

        if (RotatesTokens && !ForOAuth)
        {
            yield return new(nameof(RotatesTokens), "true", "tokens can be renewed only where workspaces install the app by OAuth");
        }

        if (!Colours().IsMatch(BackgroundColor))
        {
            yield return new(nameof(BackgroundColor), BackgroundColor, "write a colour as #rrggbb, such as #4f52b2");
        }
    }

    /// <exception cref="InvalidOperationException">There are <see cref="Faults"/>.</exception>
    public string ToJson() => JsonSerializer.Serialize(Manifest(), ManifestJson.Default.AppManifest) + "\n";

    /// <inheritdoc cref="ToJson"/>
    public string ToYaml() => ManifestYaml.Write((JsonObject)JsonSerializer.SerializeToNode(Manifest(), ManifestJson.Default.AppManifest)!);

    private AppManifest Manifest() => Faults().FirstOrDefault() is { } fault
        ? throw new InvalidOperationException($"There can be no manifest: {fault}")
        : AppManifest.Of(this);

    [GeneratedRegex(SlackOptions.CommandShape)]
    private static partial Regex Commands();

    [GeneratedRegex(@"^#[0-9A-Fa-f]{6}\z")]
    private static partial Regex Colours();
}

using System.Text.Json.Serialization;

namespace PatchBot.Adapters.Slack.Manifest;

/// <summary>The app's description for Slack, as its form takes it.</summary>
/// <remarks>Format: <see href="https://docs.slack.dev/reference/app-manifest"/></remarks>
internal sealed record AppManifest(ManifestDisplay DisplayInformation, ManifestFeatures Features, ManifestOAuth OauthConfig, ManifestSettings Settings)
{
    /// <summary>What can happen that the bot must hear of. That it was removed itself, Slack says with the <c>_left</c> events alone.</summary>
    private static readonly string[] Events =
    [
        "app_home_opened", "app_mention", "app_uninstalled",
        "channel_archive", "channel_deleted", "channel_id_changed", "channel_left", "channel_rename", "channel_unarchive",
        "group_archive", "group_deleted", "group_left", "group_rename", "group_unarchive",
        "member_joined_channel", "member_left_channel",
        "message.channels", "message.groups", "message.im", "message.mpim",
        "tokens_revoked",
    ];

    /// <summary>Of installations in a whole organisation.</summary>
    private static readonly string[] OrganisationEvents = ["team_access_granted", "team_access_revoked"];

    public static AppManifest Of(SlackApp app)
    {
        var events = app.ForOrganisations ? [.. Events, .. OrganisationEvents] : Events;
        return new(
            new(app.Name, "Carries patches through lab, approval and maintenance window.", LongDescription(app.Name), app.BackgroundColor),
            new(
                new(app.Name),
                new(),
                [new(app.Command, "Patches: what is open, what waits for you, and more", "status | what waits for me? | windows | help", Address(app, SlackPaths.Commands))],
                [
                    new("global", "Record a lab result", ManifestShortcut.RecordLabResult, "Say how a patch did in the lab"),
                    new("message", "Record as lab result", ManifestShortcut.RecordAsLabResult, "Take this message as the lab result of a patch"),
                ]),
            new(app.ForOAuth ? [new Uri(app.Url!, SlackPaths.Callback)] : null, new([.. SlackScopes.Needed.Select(scope => scope.Name)])),
            new(new(Address(app, SlackPaths.Events), events), new(Address(app, SlackPaths.Interactivity)), app.ForOrganisations, app.Sockets, app.RotatesTokens));
    }

    // Slack takes no addresses of calls that it does not make.
    private static Uri? Address(SlackApp app, string path) => app.Sockets ? null : new Uri(app.Url!, path);

    private static string LongDescription(string name) =>
        $"{name} posts newly released patches as cards: how urgent each one is, what has to be updated first, and a suggested maintenance window. "
        + "Engineers reply with lab results, approvers decide with a button or a word, and the window is announced where people asked for it. Every result and decision is recorded.\n\n"
        + $"{name} reads the channels that it is added to, so that a reply under a card counts as a lab result or a decision without a mention.";
}

internal sealed record ManifestDisplay(string Name, string Description, string LongDescription, string BackgroundColor);

internal sealed record ManifestFeatures(
    ManifestBotUser BotUser, ManifestHome AppHome, IReadOnlyList<ManifestCommand> SlashCommands, IReadOnlyList<ManifestShortcut> Shortcuts);

internal sealed record ManifestBotUser(string DisplayName)
{
    public bool AlwaysOnline { get; } = true;
}

internal sealed record ManifestHome
{
    public bool HomeTabEnabled { get; } = true;

    public bool MessagesTabEnabled { get; } = true;

    public bool MessagesTabReadOnlyEnabled { get; }
}

internal sealed record ManifestCommand(string Command, string Description, string UsageHint, Uri? Url)
{
    /// <summary>Mentions come with their ids.</summary>
    public bool ShouldEscape { get; } = true;
}

/// <param name="Type"><c>global</c>: beside the message box; <c>message</c>: in a message's menu.</param>
internal sealed record ManifestShortcut(string Type, string Name, string CallbackId, string Description)
{
    public const string RecordLabResult = "record_lab_result";
    public const string RecordAsLabResult = "record_as_lab_result";
}

internal sealed record ManifestOAuth(IReadOnlyList<Uri>? RedirectUrls, ManifestScopes Scopes);

internal sealed record ManifestScopes(IReadOnlyList<string> Bot);

internal sealed record ManifestSettings(
    ManifestEvents EventSubscriptions, ManifestInteractivity Interactivity, bool OrgDeployEnabled, bool SocketModeEnabled, bool TokenRotationEnabled);

internal sealed record ManifestEvents(Uri? RequestUrl, IReadOnlyList<string> BotEvents);

internal sealed record ManifestInteractivity(Uri? RequestUrl)
{
    public bool IsEnabled { get; } = true;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(AppManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;

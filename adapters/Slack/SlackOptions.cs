using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using PatchBot.Adapters.Wire;
using PatchBot.Core;

namespace PatchBot.Adapters.Slack;

/// <summary>
/// The bot in Slack. Bound from the section <c>Slack</c>. One workspace by its token, or many that install the app by
/// themselves; over HTTP with a signing secret, or over sockets that the bot opens with an app-level token.
/// </summary>
public sealed partial class SlackOptions : IValidatableObject
{
    public const string Section = "Slack";

    /// <summary>The platform's name in channel and person ids.</summary>
    public const string Platform = "slack";

    internal const string CommandShape = @"^/[a-z0-9_-]{1,31}\z";

    /// <summary>Bot token (<c>xoxb-…</c>) of the one workspace that the bot serves. Empty where workspaces install it by OAuth.</summary>
    public string BotToken { get; set; } = "";

    /// <summary>Proves that HTTP calls come from Slack. Empty: no calls over HTTP are taken.</summary>
    public string SigningSecret { get; set; } = "";

    /// <summary>The secret before, accepted too while it is rotated.</summary>
    public string PreviousSigningSecret { get; set; } = "";

    /// <summary>App-level token (<c>xapp-…</c>) with <c>connections:write</c>. Given, the bot opens sockets, and Slack needs no way in.</summary>
    public string AppToken { get; set; } = "";

    /// <summary>How many sockets this process opens; Slack allows an app ten over all processes.</summary>
    [Range(1, 10)]
    public int Connections { get; set; } = 2;

    /// <summary>The app's client id and secret: given, workspaces may install the app at <c>/slack/install</c>.</summary>
    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";

    /// <summary>Where the outside reaches the bot, such as <c>https://patchbot.example.com</c>: for installation and for the manifest.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Workspaces (<c>T…</c>) and organisations (<c>E…</c>) that may use the bot. Empty: the token's own, or whoever installs it.</summary>
    public IList<string> AllowedWorkspaces { get; init; } = [];

    /// <summary>Where the keys lie that seal stored tokens; all processes share it. Relative to the folder that the bot is started in.</summary>
    public string KeyFolder { get; set; } = "keys";

    /// <summary>The slash command, as the app's manifest names it.</summary>
    [RegularExpression(CommandShape, ErrorMessage = "write a slash and up to 31 lower-case letters, digits, - or _, such as /patchbot")]
    public string Command { get; set; } = "/patchbot";

    /// <summary>The Web API. Slack's own for government: <c>https://slack-gov.com/api/</c>.</summary>
    public Uri ApiUrl { get; set; } = new("https://slack.com/api/");

    /// <summary>Where people agree to an installation.</summary>
    public Uri AuthorizeUrl { get; set; } = new("https://slack.com/oauth/v2/authorize");

    /// <summary>Hosts that answers to a press may be posted to; <c>*.example.com</c> stands for any name below.</summary>
    public IList<string> ResponseHosts { get; init; } = ["hooks.slack.com", "hooks.slack-gov.com"];

    /// <summary>Writes blocks without <c>rich_text</c>, for stand-ins of Slack on one's own machine that draw none.</summary>
    public bool ClassicBlocks { get; set; }

    /// <summary>
    /// How far back the bot reads, after it has not listened, what people wrote meanwhile; zero for not at all. Shorter than
    /// <see cref="Core.Conversation.IInbox.Memory"/>, which tells what was heard already.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "2.00:00:00")]
    public TimeSpan ReadsBack { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How many processes share one app's limits; each takes its part.</summary>
    [Range(1, 100)]
    public int Processes { get; set; } = 1;

    public bool IsConfigured => BotToken.Length > 0 || ClientId.Length > 0;

    public bool UsesSockets => AppToken.Length > 0;

    /// <summary>Workspaces install the app by themselves; otherwise the bot serves the one of its token.</summary>
    public bool IsInstalledByOAuth => ClientId.Length > 0;

    /// <summary>Whether it is a Slack on this machine, for trying the bot out.</summary>
    /// <param name="development">Whether the environment is Development: elsewhere such an address may lead to the real one.</param>
    public bool IsEmulated(bool development) => development && IsConfigured && Loopback.IsLoopback(ApiUrl);

    /// <summary>Whether the settings let a workspace, or the organisation that it belongs to, use the bot.</summary>
    public bool Allows(string? team, string? enterprise) =>
        AllowedWorkspaces.Count == 0 || AllowedWorkspaces.Contains(team ?? "") || AllowedWorkspaces.Contains(enterprise ?? "");

    /// <summary>What cannot be used together, in this environment, or on this machine.</summary>
    /// <param name="development">Whether the environment is Development.</param>
    /// <param name="serves">Whether the bot is about to serve Slack, for which it needs its tokens and a way in.</param>
    public IEnumerable<SettingFault> Faults(bool development, bool serves = true) => SlackSettingChecks.Of(this, development, serves);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BotToken.StartsWith("xoxe.", StringComparison.Ordinal))
        {
            yield return new(
                "this token rotates and ends within twelve hours; use an app without token rotation, or let the workspace install the app (Slack:ClientId, Slack:ClientSecret, Slack:PublicUrl)",
                [nameof(BotToken)]);
        }
        else if (BotToken.Length > 0 && !BotTokens().IsMatch(BotToken))
        {
            yield return new("write the Bot User OAuth Token of the app's page OAuth & Permissions; it begins with xoxb-", [nameof(BotToken)]);
        }

        if (AppToken.Length > 0 && !AppTokens().IsMatch(AppToken))
        {
            yield return new("write an app-level token with connections:write of the app's page Basic Information; it begins with xapp-", [nameof(AppToken)]);
        }

        foreach (var (key, secret) in new[] { (nameof(SigningSecret), SigningSecret), (nameof(PreviousSigningSecret), PreviousSigningSecret) })
        {
            if (secret.Length > 0 && !Secrets().IsMatch(secret))
            {
                yield return new("write the Signing Secret of the app's page Basic Information, without spaces", [key]);
            }
        }

        if (ClientId.Length > 0 && !ClientIds().IsMatch(ClientId))
        {
            yield return new("write the Client ID of the app's page Basic Information: two numbers with a dot between them", [nameof(ClientId)]);
        }

        foreach (var (workspace, index) in AllowedWorkspaces.Select((workspace, index) => (workspace, index)))
        {
            if (!WorkspaceIds().IsMatch(workspace))
            {
                yield return new($"'{workspace}' is no id; write a workspace's (T…) or an organisation's (E…)", [$"{nameof(AllowedWorkspaces)}:{index}"]);
            }
        }
    }

    [GeneratedRegex(@"^xoxb-[A-Za-z0-9-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex BotTokens();

    [GeneratedRegex(@"^xapp-[A-Za-z0-9-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex AppTokens();

    [GeneratedRegex(@"^[\x21-\x7e]{16,200}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Secrets();

    [GeneratedRegex(@"^[0-9]+\.[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex ClientIds();

    [GeneratedRegex(@"^[TE][A-Z0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex WorkspaceIds();
}

namespace PatchBot.Adapters.Slack;

/// <summary>What the bot answers to in a browser or to Slack itself; a proxy before it passes these alone.</summary>
public static class SlackPaths
{
    /// <summary>Events, and whether the address is the bot's.</summary>
    public const string Events = "/slack/events";

    /// <summary>Presses, modals and shortcuts.</summary>
    public const string Interactivity = "/slack/interactivity";

    /// <summary>The slash command.</summary>
    public const string Commands = "/slack/commands";

    /// <summary>Where an installation begins.</summary>
    public const string Install = "/slack/install";

    /// <summary>Where Slack sends the browser back to.</summary>
    public const string Callback = "/slack/oauth/callback";
}

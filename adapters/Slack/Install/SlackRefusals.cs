namespace PatchBot.Adapters.Slack.Install;

/// <summary>What to do when Slack refuses one of the app's own tokens or secrets.</summary>
internal static class SlackRefusals
{
    /// <summary>Not Slack's word, but ours: the address that it named for a socket is not its own.</summary>
    public const string ForeignAddress = "foreign_address";

    /// <summary>Socket Mode was switched off in the app's settings.</summary>
    public const string Disabled = "link_disabled";

    /// <summary>That no socket is opened, why, and what to do.</summary>
    public static string NoSocket(string error) => $"Slack opens no socket ({error}). {Remedy($"{SlackOptions.Section}:{nameof(SlackOptions.AppToken)}", error)}";

    /// <param name="setting">Which of the settings was used, such as <c>Slack:BotToken</c>.</param>
    /// <param name="error">Slack's word.</param>
    /// <returns>A remedy in one sentence.</returns>
    public static string Remedy(string setting, string? error) => error switch
    {
        "invalid_auth" or "not_authed" => $"Compare {setting} with the app's page: Slack does not know it.",
        "token_revoked" or "token_expired" => $"Write the app's current token to {setting}: this one has ended.",
        "account_inactive" => $"Install the app in the workspace again and write its token to {setting}: it was removed there, or the workspace is gone.",
        "missing_scope" => $"Give the token of {setting} the rights that the app's manifest names; an app-level token needs connections:write.",
        "not_allowed_token_type" => $"{setting} holds a token of another kind; bot tokens begin with xoxb-, app-level tokens with xapp-.",
        "bad_client_secret" or "invalid_client_id" => "Compare Slack:ClientId and Slack:ClientSecret with the app's page Basic Information.",
        "bad_redirect_uri" => "Add Slack:PublicUrl followed by /slack/oauth/callback to the app's redirect URLs (page OAuth & Permissions).",
        "invalid_code" or "code_already_used" => "Begin the installation again; what Slack sent back is good once, for ten minutes.",
        Disabled => "Switch Socket Mode on in the app's settings, or remove Slack:AppToken and let Slack call the bot.",
        "org_login_required" or "team_access_not_granted" or "enterprise_is_restricted" => "An administrator of the organisation has to admit the app to the workspace.",
        ForeignAddress => "The address that it names is not Slack's: look at Slack:ApiUrl and the proxy.",
        _ => $"Slack's documentation says more about '{error}'.",
    };
}

namespace PatchBot.Core.People;

/// <summary>Chat platforms by the names that people know them by.</summary>
public static class Platforms
{
    public static string TitleOf(string platform) => platform switch
    {
        "teams" => "Microsoft Teams",
        "slack" => "Slack",
        "webchat" => "the web chat",
        _ => platform,
    };
}

using PatchBot.Core.People;

namespace PatchBot.Adapters.Slack;

/// <summary>
/// People of the workspace in <c>docs/local-slack</c>, a Slack on one's own machine to try the bot out in. No real workspace has ids
/// as short as these.
/// </summary>
public static class SlackEmulator
{
    public static PersonId Admin { get; } = Person("U01ADA");

    public static PersonId Engineer { get; } = Person("U02ERIN");

    public static PersonId Approver { get; } = Person("U03MAX");

    private static PersonId Person(string user) => PersonId.Of(SlackOptions.Platform, "T01PATCH", user);
}

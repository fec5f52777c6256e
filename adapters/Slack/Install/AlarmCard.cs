using PatchBot.Cards;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;
using PatchBot.Core.Workspaces;

namespace PatchBot.Adapters.Slack.Install;

/// <summary>What an admin is told when Slack refuses the app: what is wrong and what to do.</summary>
internal sealed class AlarmCard : ICardSource
{
    public const string SubjectKind = "slack-alarm";
    public const string Socket = "socket", Workspace = "workspace", Token = "token";

    public string Kind => SubjectKind;

    public async Task<ChatCard?> DrawAsync(IRecordSession session, PostSubject subject, ChannelRef channel, CancellationToken cancellationToken) => subject.Key.Split('-') switch
    {
        [Socket, var error, _] => Draw("Slack is not heard", SlackRefusals.NoSocket(error), "What people write or press in Slack does not arrive. What the bot posts does."),
        [Token, _, _] => Draw(
            "Slack refuses the bot's token", "Slack does not take the token in Slack:BotToken.", "Nothing is lost: what should be posted there waits. The bot's log says why; PatchBot doctor says what to do."),
        [Workspace, var id, _] => await session.Workspaces.FindAsync(SlackOptions.Platform, id, cancellationToken) switch
        {
            null => null,
            { State: WorkspaceState.Active } well => Well(well.Name),
            var unusable => Draw(
                $"Slack: {unusable.Name} cannot be reached", unusable.UnusableWhy ?? "", $"Nothing is lost: what should be posted there waits until the app is installed there again, at {SlackPaths.Install}."),
        },
        _ => null,
    };

    private static ChatCard Draw(string title, string why, string what) => new()
    {
        Title = title,
        Summary = why,
        Tone = Tone.Warning,
        Body = [new TextBlock(why), new TextBlock(what)],
    };

    private static ChatCard Well(string name) => new()
    {
        Title = $"Slack: {name} can be reached again",
        Summary = "What waited is delivered.",
        Tone = Tone.Good,
        Body = [new TextBlock("The app is installed there again. What waited is delivered.")],
    };
}

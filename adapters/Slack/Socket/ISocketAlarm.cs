namespace PatchBot.Adapters.Slack.Socket;

/// <summary>Tells of what only people can mend.</summary>
internal interface ISocketAlarm
{
    /// <param name="error">Why Slack opens no socket, in its own word; see <see cref="Install.SlackRefusals.NoSocket"/>.</param>
    void Raise(string error);
}

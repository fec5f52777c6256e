namespace PatchBot.Adapters.Slack.Socket;

/// <summary>Tells of what only people can mend.</summary>
internal interface ISocketAlarm
{
    /// <param name="why">What is wrong and what to do; told again only when it has changed, or has been well meanwhile.</param>
    void Raise(string why);
}

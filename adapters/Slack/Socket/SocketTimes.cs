namespace PatchBot.Adapters.Slack.Socket;

/// <summary>How long things may take at a socket.</summary>
internal sealed record SocketTimes
{
    /// <summary>From the first packet to the greeting.</summary>
    public TimeSpan Greeting { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two pings of ours, whatever Slack sends.</summary>
    public TimeSpan Ping { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For the answer to a ping; a socket without is dead.</summary>
    public TimeSpan Pong { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a socket that has a successor is still listened to: Slack announces an end about ten seconds ahead.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>For what is under way when a socket is closed; together with <see cref="Closing"/> within what a process has for its end.</summary>
    public TimeSpan Finishing { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>For Slack's part in closing.</summary>
    public TimeSpan Closing { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After a first failure; with each further one as much again.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>After what only people can mend.</summary>
    public TimeSpan RefusedPause { get; init; } = TimeSpan.FromMinutes(10);
}

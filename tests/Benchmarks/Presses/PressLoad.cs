using PatchBot.Benchmarks.Load;

namespace PatchBot.Benchmarks.Presses;

/// <param name="endpoint">Where the bot takes Slack's calls.</param>
internal sealed class PressLoad(Uri endpoint, Func<TimeSpan> processorTime) : CallLoad<SignedCall>(endpoint, processorTime)
{
    protected override byte[] RequestOf(SignedCall call) => KeptConnection.Post(
        Endpoint,
        $"Content-Type: application/x-www-form-urlencoded\r\nX-Slack-Request-Timestamp: {call.Time}\r\nX-Slack-Signature: {call.Signature}\r\n",
        call.Body);

    // A modal that stays open was refused; everything else is acknowledged with nothing once it is committed.
    protected override bool IsTaken(ReadOnlySpan<byte> answer) => answer.IsEmpty;
}

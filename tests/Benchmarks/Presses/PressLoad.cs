using PatchBot.Benchmarks.Load;

namespace PatchBot.Benchmarks.Presses;

/// <param name="endpoint">Where the bot takes Slack's calls.</param>
internal sealed class PressLoad(Uri endpoint, Func<TimeSpan> processorTime) : CallLoad<SignedCall>(processorTime)
{
    protected override HttpRequestMessage RequestOf(SignedCall call)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(call.Body) };
        request.Content.Headers.ContentType = new("application/x-www-form-urlencoded");
        request.Headers.TryAddWithoutValidation("X-Slack-Request-Timestamp", call.Time);
        request.Headers.TryAddWithoutValidation("X-Slack-Signature", call.Signature);
        return request;
    }

    // A modal that stays open was refused; everything else is acknowledged with nothing once it is committed.
    protected override bool IsTaken(byte[] answer) => answer.Length == 0;
}

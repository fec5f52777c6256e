using PatchBot.Benchmarks.Load;

namespace PatchBot.Benchmarks.Invokes;

/// <param name="endpoint">Where the bot takes activities.</param>
internal sealed class InvokeLoad(Uri endpoint, Func<TimeSpan> processorTime) : CallLoad<byte[]>(processorTime)
{
    protected override HttpRequestMessage RequestOf(byte[] call)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(call) };
        request.Content.Headers.ContentType = new("application/json");
        return request;
    }

    protected override bool IsTaken(byte[] answer) => answer.AsSpan().IndexOf("\"statusCode\":200"u8) >= 0;
}

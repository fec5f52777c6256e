using PatchBot.Benchmarks.Load;

namespace PatchBot.Benchmarks.Invokes;

/// <param name="endpoint">Where the bot takes activities.</param>
internal sealed class InvokeLoad(Uri endpoint, Func<TimeSpan> processorTime) : CallLoad<byte[]>(endpoint, processorTime)
{
    protected override byte[] RequestOf(byte[] call) => KeptConnection.Post(Endpoint, "Content-Type: application/json\r\n", call);

    protected override bool IsTaken(ReadOnlySpan<byte> answer) => answer.IndexOf("\"statusCode\":200"u8) >= 0;
}

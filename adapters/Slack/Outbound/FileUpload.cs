using System.Globalization;
using PatchBot.Adapters.Slack.Outbound.Calls;
using PatchBot.Adapters.Wire;
using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.Slack.Outbound;

/// <summary>Shares a file in three steps: Slack names a place, the bytes go there, and the file is shared.</summary>
/// <remarks><see href="https://docs.slack.dev/messaging/working-with-files"/></remarks>
internal sealed class FileUpload(SlackLine line, SlackHosts hosts)
{
    private const string Bytes = "application/octet-stream";

    public async Task SendAsync(
        string workspace, string channel, string? thread, string name, string title, ReadOnlyMemory<byte> content, TimeSpan patience, CancellationToken cancellationToken)
    {
        var begin = SlackCall.Asking(
            SlackMethod.BeginUpload, workspace, channel, $"the file {name}", ("filename", name), ("length", content.Length.ToString(CultureInfo.InvariantCulture)));
        var place = await line.CallAsync(begin, SlackShapes.Default.UploadAnswer, patience, cancellationToken);
        if (place.FileId is not { Length: > 0 } file || !Uri.TryCreate(place.UploadUrl, UriKind.Absolute, out var address) || !hosts.MayUploadTo(address))
        {
            throw new DeliveryException($"Slack named no place for the file {name} that the bot trusts; look at Slack:ApiUrl.", permanent: false);
        }

        var taken = await line.SendAsync(
            $"the bytes of the file {name}", new WireRequest(HttpMethod.Post, address) { Body = content, ContentType = Bytes }, cancellationToken);
        if (!taken.IsSuccess)
        {
            throw new DeliveryException($"Slack did not take the bytes of the file {name} ({taken.Status}); try again.", permanent: false);
        }

        var complete = new SlackCall(SlackMethod.CompleteUpload, workspace, channel, $"the file {name}") { Body = SlackBody.File(channel, thread, file, title) };
        await line.CallAsync(complete, SlackShapes.Default.SlackAnswer, patience, cancellationToken);
    }
}

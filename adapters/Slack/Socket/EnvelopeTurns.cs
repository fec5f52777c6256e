using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using PatchBot.Adapters.Slack.Inbound;
using PatchBot.Cards;

namespace PatchBot.Adapters.Slack.Socket;

/// <summary>Hands an envelope to whom it is for, and writes its acknowledgement.</summary>
internal sealed class EnvelopeTurns(ISlackDeliveries deliveries)
{
    /// <returns>The acknowledgement as UTF-8 JSON; empty when Slack is to deliver it again.</returns>
    public async Task<ReadOnlyMemory<byte>> AnswerAsync(SocketFrame envelope, CancellationToken cancellationToken)
    {
        var payload = envelope.Payload.GetValueOrDefault();
        var answer = envelope.Type switch
        {
            "events_api" => await deliveries.EventAsync(Utf8(payload), envelope.RetryAttempt ?? 0, cancellationToken),
            "interactive" => await deliveries.InteractionAsync(Utf8(payload), cancellationToken),
            "slash_commands" => await deliveries.CommandAsync(Fields(payload), cancellationToken),

            // Of a kind that Slack has invented since: delivered again it would be no better understood.
            _ => Acknowledgement.Empty,
        };
        return answer.Taken ? Acknowledge(envelope, answer.Body) : default;
    }

    private static ReadOnlyMemory<byte> Acknowledge(SocketFrame envelope, ReadOnlyMemory<byte> body)
    {
        var written = new ArrayBufferWriter<byte>(128 + body.Length);
        using var json = new Utf8JsonWriter(written);
        json.WriteStartObject();
        json.WriteString("envelope_id", envelope.EnvelopeId);
        if (envelope.AcceptsResponsePayload && body.Length > 0)
        {
            json.WritePropertyName("payload");
            json.WriteRawValue(body.Span);
        }

        json.WriteEndObject();
        json.Flush();
        return written.WrittenMemory;
    }

    private static byte[] Utf8(JsonElement payload) => payload.ValueKind == JsonValueKind.Undefined ? [] : JsonMarshal.GetRawUtf8Value(payload).ToArray();

    private static Dictionary<string, string> Fields(JsonElement payload)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in ForeignJson.Members(payload))
        {
            if ((value.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number ? value.ToString() : ForeignJson.Text(value)) is { } text)
            {
                fields[name] = text;
            }
        }

        return fields;
    }
}

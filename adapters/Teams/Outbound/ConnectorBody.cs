using System.Buffers;
using System.Text.Json;
using PatchBot.Adapters.Teams.Protocol;

namespace PatchBot.Adapters.Teams.Outbound;

/// <summary>What the connector is sent.</summary>
internal static class ConnectorBody
{
    private const string AdaptiveCard = "application/vnd.microsoft.card.adaptive";

    /// <param name="id">Of the message that this replaces.</param>
    /// <param name="recipient">The only one to see it.</param>
    public static ReadOnlyMemory<byte> Message(
        ConversationAddress address, ConversationId conversation, OutboundMessage message, string? id = null, string? recipient = null) =>
        Write(message.Card.Length, json =>
        {
            json.WriteStartObject();
            json.WriteString("type", "message");
            if (id is not null)
            {
                json.WriteString("id", id);
            }

            WriteAccount(json, "from", address.BotId);
            WriteAccount(json, "conversation", conversation.ToString());
            if (recipient is not null)
            {
                WriteAccount(json, "recipient", recipient);
            }

            WriteContent(json, message);
            json.WriteEndObject();
        });

    public static ReadOnlyMemory<byte> NewThread(ConversationAddress address, string channel, OutboundMessage message) => Write(message.Card.Length, json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("isGroup", true);
        WriteAccount(json, "bot", address.BotId);
        json.WriteString("tenantId", address.TenantId);
        json.WriteStartObject("channelData");
        WriteAccount(json, "channel", channel);
        WriteAccount(json, "tenant", address.TenantId);
        json.WriteEndObject();
        json.WriteStartObject("activity");
        json.WriteString("type", "message");
        WriteContent(json, message);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    public static ReadOnlyMemory<byte> Direct(PersonAddress person) => Write(0, json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("isGroup", false);
        WriteAccount(json, "bot", person.BotId);
        json.WriteStartArray("members");
        json.WriteStartObject();
        json.WriteString("id", person.Id);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("tenantId", person.TenantId);
        json.WriteStartObject("channelData");
        WriteAccount(json, "tenant", person.TenantId);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void WriteContent(Utf8JsonWriter json, OutboundMessage message)
    {
        if (message.Card.IsEmpty)
        {
            json.WriteString("text", message.Text);
            json.WriteString("textFormat", "plain");
        }
        else
        {
            json.WriteString("summary", message.Summary);
            json.WriteStartArray("attachments");
            json.WriteStartObject();
            json.WriteString("contentType", AdaptiveCard);
            json.WritePropertyName("content");
            json.WriteRawValue(message.Card.Span);
            json.WriteEndObject();
            json.WriteEndArray();
        }
    }

    private static void WriteAccount(Utf8JsonWriter json, string name, string id)
    {
        json.WriteStartObject(name);
        json.WriteString("id", id);
        json.WriteEndObject();
    }

    private static ReadOnlyMemory<byte> Write(int card, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(card + 1_024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        return buffer.WrittenMemory;
    }
}

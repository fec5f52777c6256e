using System.Text.Json;
using System.Text.Json.Serialization;

namespace PatchBot.Cards;

/// <summary>A card as JSON, for chats that keep their own messages, and back.</summary>
public static class CardJson
{
    public static string Write(ChatCard card) => JsonSerializer.Serialize(card, CardJsonContext.Default.ChatCard);

    /// <exception cref="JsonException">It is no card, or one of another version of this program.</exception>
    public static ChatCard Read(string json)
    {
        var card = JsonSerializer.Deserialize(json, CardJsonContext.Default.ChatCard) ?? throw new JsonException("The card is null.");

        // Generated readers leave an absent init property null instead of at its default; cards stored before a part existed lack it.
        return card with { Badges = card.Badges ?? [], Body = card.Body ?? [], Actions = card.Actions ?? [], Footer = card.Footer ?? CardText.Empty };
    }
}

/// <summary>A text is the list of its runs.</summary>
internal sealed class CardTextConverter : JsonConverter<CardText>
{
    public override CardText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonSerializer.Deserialize(ref reader, CardJsonContext.Default.CardRunArray) ?? []);

    public override void Write(Utf8JsonWriter writer, CardText value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, [.. value], CardJsonContext.Default.CardRunArray);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(CardTextConverter)])]
[JsonSerializable(typeof(ChatCard))]
[JsonSerializable(typeof(CardRun[]))]
internal sealed partial class CardJsonContext : JsonSerializerContext;

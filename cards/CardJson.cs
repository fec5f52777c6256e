using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace PatchBot.Cards;

/// <summary>
/// A card as JSON, for chats that keep their own messages, and back; and a form, for chats that carry it in a button and
/// hand it back when the button is pressed.
/// </summary>
public static class CardJson
{
    // A form travels through other people's services, some of which swallow a $type or change the order of members.
    private static readonly JsonTypeInfo<CardForm> Form = (JsonTypeInfo<CardForm>)new JsonSerializerOptions(CardJsonContext.Default.Options)
    {
        AllowOutOfOrderMetadataProperties = true,
        TypeInfoResolver = CardJsonContext.Default.WithAddedModifier(info => info.PolymorphismOptions?.TypeDiscriminatorPropertyName = "kind"),
    }.GetTypeInfo(typeof(CardForm));

    public static string Write(ChatCard card) => JsonSerializer.Serialize(card, CardJsonContext.Default.ChatCard);

    /// <exception cref="JsonException">It is no card, or one of another version of this program.</exception>
    public static ChatCard Read(string json)
    {
        var card = JsonSerializer.Deserialize(json, CardJsonContext.Default.ChatCard) ?? throw new JsonException("The card is null.");

        // Generated readers leave an absent init property null instead of at its default; cards stored before a part existed lack it.
        return card with { Badges = card.Badges ?? [], Body = card.Body ?? [], Actions = card.Actions ?? [], Footer = card.Footer ?? CardText.Empty };
    }

    public static string WriteForm(CardForm form) => JsonSerializer.Serialize(form, Form);

    public static void WriteForm(Utf8JsonWriter json, CardForm form) => JsonSerializer.Serialize(json, form, Form);

    /// <exception cref="JsonException">It is no form, or one of another version of this program.</exception>
    public static CardForm ReadForm(string json)
    {
        try
        {
            var form = JsonSerializer.Deserialize(json, Form) ?? throw new JsonException("The form is null.");
            return IsWhole(form) ? form : throw new JsonException("An input or a choice of the form is null.");
        }
        catch (NotSupportedException fault)
        {
            throw new JsonException("An input of the form does not say its kind.", fault);
        }
    }

    // What a list holds is not held to the annotations.
    private static bool IsWhole(CardForm form) =>
        form.Inputs.All(input => input is not null && (input as ChoiceInput)?.Choices.Contains(null!) != true);
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
[JsonSerializable(typeof(CardForm))]
[JsonSerializable(typeof(CardRun[]))]
internal sealed partial class CardJsonContext : JsonSerializerContext;

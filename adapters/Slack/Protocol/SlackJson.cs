using System.Text.Json;
using System.Text.Json.Serialization;

namespace PatchBot.Adapters.Slack.Protocol;

/// <summary>What Slack delivers. Unknown members are skipped, since Slack adds them without notice.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(LooseTextConverter)])]
[JsonSerializable(typeof(Envelope))]
[JsonSerializable(typeof(Interaction))]
internal sealed partial class SlackJson : JsonSerializerContext;

/// <summary>A text, or nothing where something else stands: members have more than one shape among Slack's many events.</summary>
internal sealed class LooseTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>A channel's id, alone or within an object that has its name too.</summary>
internal sealed class ToldChannelConverter : JsonConverter<ToldChannel>
{
    public override ToldChannel? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new ToldChannel(reader.GetString()!, null);
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        var told = JsonSerializer.Deserialize(ref reader, SlackJson.Default.Named);
        return told is { Id: { } id } ? new ToldChannel(id, told.Name) : null;
    }

    public override void Write(Utf8JsonWriter writer, ToldChannel value, JsonSerializerOptions options) => writer.WriteStringValue(value.Id);
}

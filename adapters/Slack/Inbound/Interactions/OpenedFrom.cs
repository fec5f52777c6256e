using System.Text.Json;
using System.Text.Json.Serialization;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Adapters.Wire;
using PatchBot.Cards;
using PatchBot.Cards.BlockKit;

namespace PatchBot.Adapters.Slack.Inbound.Interactions;

/// <summary>
/// Where a form was opened and what it is for: it travels in the modal's <c>private_metadata</c> and comes back with what was
/// typed. It says where to answer, and authorises nothing.
/// </summary>
/// <param name="Channel"><see langword="null"/> where the form was opened outside of any conversation.</param>
internal sealed record OpenedFrom(string Form, string? Channel, ConversationKind Kind, string? Message, string? Thread, long? Post)
{
    public static OpenedFrom Of(Scene scene, CardForm form, long? post) =>
        new(form.Id, scene.Channel.Id, scene.Kind, scene.Message, scene.Thread, post);

    public string Write() => JsonSerializer.Serialize(this, OpenedFromJson.Default.OpenedFrom);

    /// <returns><see langword="null"/> when it is none of this bot's.</returns>
    public static OpenedFrom? Read(string? kept)
    {
        if (kept is not { Length: > 0 and <= BlockKitViewOptions.MostMetadata })
        {
            return null;
        }

        return WireJson.Read(kept, OpenedFromJson.Default.OpenedFrom) is { Form.Length: > 0 and <= 255 } opened
            && (opened.Channel is null || SlackIds.IsOne(opened.Channel))
            && (opened.Message is null || SlackIds.IsOne(opened.Message))
            && (opened.Thread is null || SlackIds.IsOne(opened.Thread)) ? opened : null;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OpenedFrom))]
internal sealed partial class OpenedFromJson : JsonSerializerContext;

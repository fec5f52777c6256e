using System.Text.Json;
using System.Text.Json.Serialization;

namespace PatchBot.Adapters.WebChat.Api;

internal sealed record SayBody(string? User, string? Text, long? ThreadId);

internal sealed record EditBody(string? User, string? Text);

internal sealed record DeleteBody(string? User);

/// <param name="Action">An action's id, or its exact title.</param>
/// <param name="PressId">Makes a repeated press count once; at most 64 characters.</param>
internal sealed record PressBody(string? User, string? Action, Dictionary<string, JsonElement>? Inputs, string? PressId);

/// <param name="Field">Which field of the request is at fault.</param>
internal sealed record ErrorView(string Error, string? Field);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(SayBody))]
[JsonSerializable(typeof(EditBody))]
[JsonSerializable(typeof(DeleteBody))]
[JsonSerializable(typeof(PressBody))]
[JsonSerializable(typeof(ErrorView))]
[JsonSerializable(typeof(AnswerView))]
[JsonSerializable(typeof(RemovedView))]
[JsonSerializable(typeof(LooksView))]
[JsonSerializable(typeof(IReadOnlyList<MessageView>))]
[JsonSerializable(typeof(IReadOnlyList<ChannelView>))]
[JsonSerializable(typeof(IReadOnlyList<PersonView>))]
internal sealed partial class WebChatJson : JsonSerializerContext;

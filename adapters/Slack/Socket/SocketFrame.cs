using System.Text.Json;
using System.Text.Json.Serialization;

namespace PatchBot.Adapters.Slack.Socket;

/// <summary>What comes over a socket: a greeting, an envelope, or that the socket is about to end.</summary>
/// <remarks><see href="https://docs.slack.dev/apis/events-api/using-socket-mode"/></remarks>
internal sealed record SocketFrame
{
    public string? Type { get; init; }

    /// <summary>What an acknowledgement names.</summary>
    public string? EnvelopeId { get; init; }

    public JsonElement? Payload { get; init; }

    /// <summary>The acknowledgement may carry what would be the answer over HTTP.</summary>
    public bool AcceptsResponsePayload { get; init; }

    /// <summary>How often it was delivered before.</summary>
    public int? RetryAttempt { get; init; }

    /// <summary>Of a <c>disconnect</c>.</summary>
    public string? Reason { get; init; }

    public SocketDebug? DebugInfo { get; init; }

    /// <exception cref="JsonException">It is none.</exception>
    public static SocketFrame Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, SocketJson.Default.SocketFrame) ?? throw new JsonException();
}

internal sealed record SocketDebug
{
    /// <summary>Seconds that the socket is expected to live.</summary>
    public double? ApproximateConnectionTime { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(SocketFrame))]
internal sealed partial class SocketJson : JsonSerializerContext;
